package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Expiry.AfterDays;
import dev.ecrrepo.lifecycle.Limit.NewestImages;
import dev.ecrrepo.lifecycle.Selection.All;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What an author wants to become of images, property by property, before it is a policy.
///
/// @param stated the lifecycle properties that the author wrote, in the order below
/// @param document `LifecyclePolicy`: a policy in ECR's own words, which overrides everything else
/// @param protectedTags `ProtectedTags`, as rules that keep
/// @param rules `LifecycleRules`, then a profile's rules for tagged images
/// @param untagged `ExpireUntaggedAfterDays`
/// @param maxImageCount `MaxImageCount`
/// @param all `ExpireAllImagesAfterDays`
public record LifecycleWishes(
    List<String> stated,
    Optional<LifecyclePolicy> document,
    List<SourcedRule> protectedTags,
    List<SourcedRule> rules,
    Optional<Expiry> untagged,
    Optional<Integer> maxImageCount,
    Optional<Expiry> all) {

  public static final String LIFECYCLE_POLICY = "LifecyclePolicy";
  static final String LIFECYCLE_RULES = "LifecycleRules";
  static final String PROTECTED_TAGS = "ProtectedTags";
  static final String EXPIRE_UNTAGGED = "ExpireUntaggedAfterDays";
  static final String MAX_IMAGE_COUNT = "MaxImageCount";
  static final String EXPIRE_ALL = "ExpireAllImagesAfterDays";

  /// The properties that state the lifecycle.
  public static final List<String> PROPERTIES =
      List.of(
          LIFECYCLE_POLICY,
          PROTECTED_TAGS,
          LIFECYCLE_RULES,
          EXPIRE_UNTAGGED,
          MAX_IMAGE_COUNT,
          EXPIRE_ALL);

  /// Images are kept.
  public static final LifecycleWishes NONE =
      new LifecycleWishes(
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public LifecycleWishes {
    stated = List.copyOf(stated);
    protectedTags = List.copyOf(protectedTags);
    rules = List.copyOf(rules);
  }

  /// Reads the author's own properties; what is wrong is a fault and left out.
  public static LifecycleWishes read(JsonObject properties, List<Fault> faults) {
    List<SourcedRule> rules = new ArrayList<>();
    JsonPath rulesAt = JsonPath.of(LIFECYCLE_RULES);
    List<Json> elements =
        properties
            .get(LIFECYCLE_RULES)
            .map(value -> TagPattern.elements(value, rulesAt, faults))
            .orElse(List.of());
    for (int i = 0; i < elements.size(); i++) {
      rules.addAll(RuleReader.read(elements.get(i), rulesAt.element(i), faults));
    }
    return new LifecycleWishes(
        PROPERTIES.stream().filter(properties.members()::containsKey).toList(),
        properties.get(LIFECYCLE_POLICY).flatMap(value -> document(value, faults)),
        properties
            .get(PROTECTED_TAGS)
            .map(value -> TagPattern.readAll(value, JsonPath.of(PROTECTED_TAGS), faults))
            .orElse(List.of())
            .stream()
            .map(LifecycleWishes::keep)
            .toList(),
        rules,
        expiry(properties, EXPIRE_UNTAGGED, faults),
        properties
            .get(MAX_IMAGE_COUNT)
            .flatMap(value ->
                WholeNumber.read(
                    value,
                    JsonPath.of(MAX_IMAGE_COUNT),
                    1,
                    "a number of images such as 100, or remove the property to keep all",
                    faults)),
        expiry(properties, EXPIRE_ALL, faults));
  }

  /// The same from properties of any age: a document is taken as it is.
  public static LifecycleWishes readAny(JsonObject properties) {
    LifecycleWishes read = read(properties, new ArrayList<>());
    return new LifecycleWishes(
        read.stated,
        properties
            .get(LIFECYCLE_POLICY)
            .flatMap(value ->
                value instanceof JsonObject object
                    ? object.get("LifecyclePolicyText")
                    : Optional.empty())
            .flatMap(LifecyclePolicy::readAny),
        read.protectedTags,
        read.rules,
        read.untagged,
        read.maxImageCount,
        read.all);
  }

  private static Optional<LifecyclePolicy> document(Json value, List<Fault> faults) {
    JsonPath at = JsonPath.of(LIFECYCLE_POLICY);
    Optional<Json> text =
        value instanceof JsonObject object ? object.get("LifecyclePolicyText") : Optional.empty();
    if (text.isEmpty()) {
      faults.add(
          Fault.at(
              at,
              "has no LifecyclePolicyText",
              "Write the policy there, as an object or as JSON text, or remove "
                  + LIFECYCLE_POLICY
                  + "."));
    }
    return text.flatMap(
        policy -> LifecyclePolicy.read(policy, at.member("LifecyclePolicyText"), faults));
  }

  private static SourcedRule keep(TagPattern.Placed tag) {
    return new SourcedRule(
        tag.at(), LifecycleRule.keep(Patterns.of(tag.pattern()), StorageClass.STANDARD));
  }

  private static Optional<Expiry> expiry(JsonObject properties, String key, List<Fault> faults) {
    return properties.get(key).flatMap(value -> Expiry.read(value, JsonPath.of(key), faults));
  }

  /// A profile's part: untagged images expire so many days after the push.
  public static LifecycleWishes untaggedAfter(int days) {
    return new LifecycleWishes(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(new AfterDays(days)),
        Optional.empty(),
        Optional.empty());
  }

  /// A profile's part: besides, every image expires so many days after the push.
  public LifecycleWishes andAllAfter(int days) {
    return new LifecycleWishes(
        stated,
        document,
        protectedTags,
        rules,
        untagged,
        maxImageCount,
        Optional.of(new AfterDays(days)));
  }

  /// A profile's part: besides, of the images of each pattern the newest, so many, are kept.
  public LifecycleWishes andNewestOfEach(int count, List<String> patterns) {
    List<SourcedRule> newest =
        patterns.stream()
            .map(pattern -> Patterns.of(new TagPattern(pattern)))
            .map(tags -> LifecycleRule.expire(tags, new NewestImages(count)))
            .map(rule -> new SourcedRule(JsonPath.of("Profile"), rule))
            .toList();
    return new LifecycleWishes(
        stated,
        document,
        protectedTags,
        Stream.concat(rules.stream(), newest.stream()).toList(),
        untagged,
        maxImageCount,
        all);
  }

  /// These wishes, and of the profile's whatever they leave open. A rule of these for tags, for
  /// untagged or for all images stands in place of the profile's for the same images.
  public LifecycleWishes over(LifecycleWishes profile) {
    boolean ownAll = maxImageCount.isPresent() || all.isPresent() || sees(new All());
    Predicate<SourcedRule> open = rule -> !sees(rule.rule().selection());
    return new LifecycleWishes(
        stated,
        document,
        protectedTags,
        Stream.concat(rules.stream(), profile.rules.stream().filter(open)).toList(),
        untagged.isPresent() || sees(new Untagged()) ? untagged : profile.untagged,
        maxImageCount,
        ownAll ? all : profile.all);
  }

  /// Whether a rule of these decides about exactly the same images in the standard storage class.
  private boolean sees(Selection selection) {
    Object meaning = selection.meaning();
    return Stream.concat(protectedTags.stream(), rules.stream())
        .anyMatch(rule -> rule.sees(StorageClass.STANDARD, meaning));
  }

  /// Whether the author wrote any lifecycle property.
  public boolean states() {
    return !stated.isEmpty();
  }

  /// The author's other lifecycle properties that `LifecyclePolicy` makes meaningless; empty where
  /// it is not stated.
  public List<String> overridden() {
    return stated.contains(LIFECYCLE_POLICY)
        ? stated.stream().filter(name -> !name.equals(LIFECYCLE_POLICY)).toList()
        : List.of();
  }

  /// The policy that these wishes made once, whether or not ECR took it.
  public Optional<LifecyclePolicy> policyForComparison() {
    if (stated.contains(LIFECYCLE_POLICY)) {
      return document;
    }
    LifecycleRules ordered = LifecycleRules.of(this);
    return ordered.rules().isEmpty()
        ? Optional.empty()
        : Optional.of(new LifecyclePolicy(ordered.document()));
  }

  /// The policy that fulfils these wishes, none where nothing is wished. What ECR would refuse is a
  /// fault that names the properties, and then there is no policy.
  public Optional<LifecyclePolicy> policy(List<Fault> faults) {
    return stated.contains(LIFECYCLE_POLICY) ? document : LifecycleRules.of(this).policy(faults);
  }
}

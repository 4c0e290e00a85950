package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.lifecycle.Selection.AnyImage;
import dev.ecrrepo.lifecycle.Selection.Patterns;
import dev.ecrrepo.lifecycle.Selection.Untagged;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The properties that state which images expire or are archived.
///
/// @param stated the lifecycle properties that the author wrote, in the order below
/// @param lifecyclePolicy `LifecyclePolicy`: a policy in ECR's own words, which overrides
///   everything else
/// @param protectedTags `ProtectedTags`, as rules that keep
/// @param rules `LifecycleRules`, then a profile's rules for tagged images
/// @param expireUntagged `ExpireUntaggedAfterDays`
/// @param maxImageCount `MaxImageCount`
/// @param expireAll `ExpireAllImagesAfterDays`
public record LifecycleProperties(
    List<String> stated,
    Optional<LifecyclePolicy> lifecyclePolicy,
    List<SourcedRule> protectedTags,
    List<SourcedRule> rules,
    Optional<Expiry> expireUntagged,
    Optional<Integer> maxImageCount,
    Optional<Expiry> expireAll) {

  public static final String LIFECYCLE_POLICY = "LifecyclePolicy";
  private static final String TEXT = "LifecyclePolicyText";
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

  public LifecycleProperties {
    stated = List.copyOf(stated);
    protectedTags = List.copyOf(protectedTags);
    rules = List.copyOf(rules);
  }

  /// The names of the lifecycle properties that the template states. An empty list counts as not
  /// stated: conditions and parameters can result in one.
  public static List<String> statedNames(CheckedObject properties) {
    List<String> stated = new ArrayList<>(properties.stated(PROPERTIES));
    stated.removeIf(name -> Json.array(List.of()).equals(properties.values().members().get(name)));
    return stated;
  }

  /// Reads the properties. A faulty value is reported and left out.
  public static Decoded<LifecycleProperties> read(CheckedObject properties) {
    List<Fault> faults = new ArrayList<>();
    JsonPath path = JsonPath.of(LIFECYCLE_POLICY).member(TEXT);
    Optional<LifecyclePolicy> lifecyclePolicy =
        policyText(properties)
            .flatMap(text -> LifecyclePolicyTextReader.read(text, path).addFaultsTo(faults));
    LifecycleProperties read = read(properties, lifecyclePolicy).addFaultsTo(faults);
    return new Decoded<>(read, faults);
  }

  /// Reads old properties, without checks.
  public static LifecycleProperties readUnchecked(CheckedObject properties) {
    return read(properties, policyText(properties).flatMap(LifecyclePolicy::readUnchecked)).value();
  }

  private static Optional<Json> policyText(CheckedObject properties) {
    return properties.object(LIFECYCLE_POLICY).flatMap(policy -> policy.document(TEXT));
  }

  private static Decoded<LifecycleProperties> read(
      CheckedObject properties, Optional<LifecyclePolicy> lifecyclePolicy) {
    List<Fault> faults = new ArrayList<>();
    List<SourcedRule> protectedTags = new ArrayList<>();
    for (CheckedObject.Text tag : properties.texts(PROTECTED_TAGS)) {
      protectedTags.add(keep(tag));
    }
    List<SourcedRule> rules = new ArrayList<>();
    for (CheckedObject rule : properties.objects(LIFECYCLE_RULES)) {
      rules.addAll(LifecycleRuleReader.read(rule).addFaultsTo(faults));
    }
    return new Decoded<>(
        new LifecycleProperties(
            statedNames(properties),
            lifecyclePolicy,
            protectedTags,
            rules,
            Expiry.read(properties, EXPIRE_UNTAGGED),
            properties.integer(MAX_IMAGE_COUNT),
            Expiry.read(properties, EXPIRE_ALL)),
        faults);
  }

  private static SourcedRule keep(CheckedObject.Text tag) {
    Selection tagged = Patterns.of(new TagPattern(tag.value()));
    return new SourcedRule(tag.path(), LifecycleRule.keep(tagged, StorageClass.STANDARD));
  }

  /// These properties, completed by those of the profile. A rule for tags, for untagged or for all
  /// images replaces the profile's rule for the same images. No profile has ProtectedTags or
  /// MaxImageCount.
  public LifecycleProperties withDefaultsOf(LifecycleProperties profile) {
    boolean ownAll =
        maxImageCount.isPresent() || expireAll.isPresent() || hasRuleFor(new AnyImage());
    Predicate<SourcedRule> notReplaced = rule -> !hasRuleFor(rule.rule().selection());
    return new LifecycleProperties(
        stated,
        lifecyclePolicy,
        protectedTags,
        Stream.concat(rules.stream(), profile.rules.stream().filter(notReplaced)).toList(),
        expireUntagged.isPresent() || hasRuleFor(new Untagged())
            ? expireUntagged
            : profile.expireUntagged,
        maxImageCount,
        ownAll ? expireAll : profile.expireAll);
  }

  /// Whether a rule of these decides about exactly these images in the standard storage class.
  private boolean hasRuleFor(Selection selection) {
    Selection normal = selection.normalForm();
    return Stream.concat(protectedTags.stream(), rules.stream())
        .map(SourcedRule::rule)
        .anyMatch(rule ->
            rule.storageClass() == StorageClass.STANDARD
                && rule.selection().normalForm().equals(normal));
  }

  /// The author's other lifecycle properties, which have no effect beside `LifecyclePolicy`; empty
  /// if it is not stated.
  public static List<String> overridden(CheckedObject properties) {
    List<String> others = statedNames(properties);
    return others.remove(LIFECYCLE_POLICY) ? others : List.of();
  }

  /// The policy that these properties make, whether or not ECR would accept it.
  public Optional<LifecyclePolicy> uncheckedPolicy() {
    if (stated.contains(LIFECYCLE_POLICY)) {
      return lifecyclePolicy;
    }
    LifecycleRules ordered = LifecycleRules.of(this);
    return ordered.rules().isEmpty()
        ? Optional.empty()
        : Optional.of(new LifecyclePolicy(ordered.document()));
  }

  /// The policy that these properties ask for, if they ask for any. What ECR would refuse is a
  /// fault that names the properties, and then there is no policy.
  public Decoded<Optional<LifecyclePolicy>> policy() {
    return stated.contains(LIFECYCLE_POLICY)
        ? new Decoded<>(lifecyclePolicy, List.of())
        : LifecycleRules.of(this).policy();
  }
}

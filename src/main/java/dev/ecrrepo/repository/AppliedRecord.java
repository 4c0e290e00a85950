package dev.ecrrepo.repository;

import dev.ecrrepo.document.Ascii;
import dev.ecrrepo.document.Iso8601Basic;
import dev.ecrrepo.properties.TagMutability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was last applied to a repository, in the tag `ecrrepo:applied`. It is written before the
/// settings and policies that an event changes; tags may be removed before it. If the role may not
/// write it, the event continues without it.
/// `1/20261120T101500Z/tags:IMMUTABLE+MUTABLE/scan:true/lifecycle:Ab3…+Zk9…/policy:-`.
///
/// Raise the version if the normal form of policies changes: old digests are then not comparable.
///
/// @param time of the event that wrote it; absent if it had none
/// @param tagMutability the mode, with a digest of its exclusion filters
/// @param scanOnPush `true` or `false`
/// @param lifecyclePolicy its digest
/// @param repositoryPolicy its digest
/// @param returnedFrom the repository from which the event moved its resource to this one, which
///   existed already: in the rollback of a rename, or an update that looks the same. Left out if
///   the name does not fit.
public record AppliedRecord(
    Optional<Instant> time,
    Aspect tagMutability,
    Aspect scanOnPush,
    Aspect lifecyclePolicy,
    Aspect repositoryPolicy,
    Optional<String> returnedFrom) {

  public static final String TAG = Ownership.PREFIX + "applied";

  private static final String UNSTATED = "-";

  private static final String VERSION = "1";
  private static final String TAGS = "tags:";
  private static final String SCAN = "scan:";
  private static final String LIFECYCLE = "lifecycle:";
  private static final String POLICY = "policy:";
  private static final String RETURNED = "returned:";

  /// One thing that the provider writes, as text without `/` and `+`.
  ///
  /// @param wanted absent if the template states none
  /// @param before the value before this one. For a policy, only one that this resource stated or
  ///   found; for tag mutability and scanning of an adopted repository, whoever wrote it. If both
  ///   values are equal, others wrote the policy, and the template states the same: see [#found].
  public record Aspect(Optional<String> wanted, Optional<String> before) {

    public static final Aspect NONE = of(Optional.empty());

    public static Aspect of(Optional<String> wanted) {
      return new Aspect(wanted, Optional.empty());
    }

    /// The aspect for a policy that others had written when the template first stated the same.
    public static Aspect found(String value) {
      return new Aspect(Optional.of(value), Optional.of(value));
    }

    /// Whether others had written this when the template first stated it.
    public boolean wasFound(String value) {
      return equals(found(value));
    }

    /// Whether the record names this value, now or before. This includes a found one.
    public boolean has(String value) {
      return wanted.filter(value::equals).isPresent() || before.filter(value::equals).isPresent();
    }

    /// The next record's aspect, when the template may want something else.
    ///
    /// @param own what is live, if it is the resource's own
    public Aspect withWanted(Optional<String> nowWanted, Optional<String> own) {
      if (nowWanted.equals(wanted)) {
        return this;
      }
      Optional<String> last = own.filter(live -> !nowWanted.equals(Optional.of(live)));
      return new Aspect(nowWanted, last.isPresent() ? last : wanted);
    }

    private static Optional<Aspect> parse(String prefix, String text) {
      if (!text.startsWith(prefix)) {
        return Optional.empty();
      }
      String[] parts = text.substring(prefix.length()).split("\\+", -1);
      boolean valid =
          parts.length <= 2
              && isValue(parts[0])
              && (parts.length == 1 || (isValue(parts[1]) && !parts[1].equals(UNSTATED)));
      return valid
          ? Optional.of(
              new Aspect(
                  Optional.of(parts[0]).filter(wanted -> !wanted.equals(UNSTATED)),
                  parts.length == 1 ? Optional.empty() : Optional.of(parts[1])))
          : Optional.empty();
    }

    private static boolean isValue(String text) {
      return !text.isEmpty()
          && text.chars()
              .allMatch(c -> Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    private String text(String prefix) {
      return prefix + wanted.orElse(UNSTATED) + before.map(value -> "+" + value).orElse("");
    }
  }

  /// Nothing known: of a repository that is new, or new to its owner.
  public static AppliedRecord nothing() {
    return new AppliedRecord(
        Optional.empty(), Aspect.NONE, Aspect.NONE, Aspect.NONE, Aspect.NONE, Optional.empty());
  }

  /// Empty where the tag is missing, of another version, or not a record at all.
  public static Optional<AppliedRecord> of(Map<String, String> tags) {
    String text = tags.getOrDefault(TAG, "");
    // Only the last part can contain slashes.
    String[] parts = text.length() > Ownership.MAX_TAG_VALUE ? new String[0] : text.split("/", 7);
    boolean returned = parts.length == 7 && parts[6].startsWith(RETURNED);
    if (!(parts.length == 6 || returned) || !parts[0].equals(VERSION) || !isTime(parts[1])) {
      return Optional.empty();
    }
    Optional<Aspect> tagMutability = Aspect.parse(TAGS, parts[2]);
    Optional<Aspect> scanOnPush = Aspect.parse(SCAN, parts[3]);
    Optional<Aspect> lifecycle = Aspect.parse(LIFECYCLE, parts[4]);
    Optional<Aspect> policy = Aspect.parse(POLICY, parts[5]);
    return tagMutability.isEmpty()
            || scanOnPush.isEmpty()
            || lifecycle.isEmpty()
            || policy.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AppliedRecord(
                Iso8601Basic.parse(parts[1]),
                tagMutability.get(),
                scanOnPush.get(),
                lifecycle.get(),
                policy.get(),
                Optional.of(parts[parts.length - 1])
                    .filter(_ -> returned)
                    .map(part -> part.substring(RETURNED.length()))));
  }

  private static boolean isTime(String text) {
    return text.equals(UNSTATED) || Iso8601Basic.parse(text).isPresent();
  }

  /// Tag mutability as the record states it.
  public static String encode(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? value.mode()
        : value.mode() + "." + Digest.of(String.join("\n", value.exclusionFilters()));
  }

  /// The inverse; empty for exclusion filters, of which only the digest is recorded.
  public static Optional<TagMutability> decodeTagMutability(String text) {
    return text.contains(".") ? Optional.empty() : Optional.of(new TagMutability(text, List.of()));
  }

  /// Whether what was applied is newer than an event. False if either time is missing or both are
  /// equal.
  public boolean isNewerThan(Optional<Instant> event) {
    return time.isPresent() && event.isPresent() && event.get().isBefore(time.get());
  }

  public boolean wantsTheSameAs(AppliedRecord other) {
    return tagMutability.wanted().equals(other.tagMutability.wanted())
        && scanOnPush.wanted().equals(other.scanOnPush.wanted())
        && lifecyclePolicy.wanted().equals(other.lifecyclePolicy.wanted())
        && repositoryPolicy.wanted().equals(other.repositoryPolicy.wanted());
  }

  public AppliedRecord at(Optional<Instant> newTime) {
    return new AppliedRecord(
        newTime, tagMutability, scanOnPush, lifecyclePolicy, repositoryPolicy, returnedFrom);
  }

  public AppliedRecord withReturnedFrom(Optional<String> former) {
    return new AppliedRecord(
        time, tagMutability, scanOnPush, lifecyclePolicy, repositoryPolicy, former);
  }

  /// As the tag's value.
  public String text() {
    String text =
        String.join(
            "/",
            VERSION,
            time.map(Iso8601Basic::format).orElse(UNSTATED),
            tagMutability.text(TAGS),
            scanOnPush.text(SCAN),
            lifecyclePolicy.text(LIFECYCLE),
            repositoryPolicy.text(POLICY));
    return returnedFrom
        .map(name -> text + "/" + RETURNED + name)
        .filter(longer -> longer.length() <= Ownership.MAX_TAG_VALUE)
        .orElse(text);
  }
}

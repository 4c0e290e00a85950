package dev.ecrrepo.repository;

import dev.ecrrepo.document.Ascii;
import dev.ecrrepo.document.BasicTime;
import dev.ecrrepo.properties.TagMutability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was last applied to a repository, in the tag `ecrrepo:applied`, written before everything
/// else that an event changes:
/// `1/20261120T101500Z/tags:IMMUTABLE+MUTABLE/scan:true/lifecycle:Ab3…+Zk9…/policy:-`.
///
/// The version counts the normal forms of policies as well: digests of another version say nothing.
///
/// @param time of the event that wrote it; absent where it had none
/// @param tags tag mutability, with a digest of its exclusion filters
/// @param scan `true` or `false`
/// @param lifecycle the digest of the lifecycle policy
/// @param policy the digest of the repository policy
public record AppliedRecord(
    Optional<Instant> time, Aspect tags, Aspect scan, Aspect lifecycle, Aspect policy) {

  public static final String TAG = Ownership.PREFIX + "applied";

  private static final String UNSTATED = "-";

  private static final String VERSION = "1";
  private static final String[] ASPECTS = {"tags:", "scan:", "lifecycle:", "policy:"};
  private static final int LONGEST = 256;

  /// One thing that the provider writes, as text without `/` and `+`.
  ///
  /// @param wanted absent where the template states none
  /// @param before what was there before, if the provider had written it for this resource; of an
  ///   adopted repository's tag mutability and scanning, whoever had
  public record Aspect(Optional<String> wanted, Optional<String> before) {

    public static final Aspect NONE = of(Optional.empty());

    public static Aspect of(Optional<String> wanted) {
      return new Aspect(wanted, Optional.empty());
    }

    /// Of a document that others had written when the template first stated the same.
    public static Aspect found(String value) {
      return new Aspect(Optional.of(value), Optional.of(value));
    }

    /// Whether others had written this when the template first stated it.
    public boolean wasFound(String value) {
      return equals(found(value));
    }

    /// Whether the provider wrote this for this resource.
    public boolean has(String value) {
      return wanted.filter(value::equals).isPresent() || before.filter(value::equals).isPresent();
    }

    /// After this, when something else may be wanted.
    ///
    /// @param own what is live, if it is the resource's own
    public Aspect then(Optional<String> nowWanted, Optional<String> own) {
      if (nowWanted.equals(wanted)) {
        return this;
      }
      Optional<String> last = own.filter(live -> !nowWanted.equals(Optional.of(live)));
      return new Aspect(nowWanted, last.isPresent() ? last : wanted);
    }

    private static Optional<Aspect> parse(String text) {
      String[] parts = text.split("\\+", -1);
      boolean sound =
          parts.length <= 2
              && isValue(parts[0])
              && (parts.length == 1 || (isValue(parts[1]) && !parts[1].equals(UNSTATED)));
      return sound
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

    @Override
    public String toString() {
      return wanted.orElse(UNSTATED) + before.map(value -> "+" + value).orElse("");
    }
  }

  /// Nothing known: of a repository that is new, or new to its owner.
  public static AppliedRecord nothing() {
    return new AppliedRecord(Optional.empty(), Aspect.NONE, Aspect.NONE, Aspect.NONE, Aspect.NONE);
  }

  /// Empty where the tag is missing, of another version, or not a record at all.
  public static Optional<AppliedRecord> of(Map<String, String> tags) {
    String text = tags.getOrDefault(TAG, "");
    String[] parts = text.length() > LONGEST ? new String[0] : text.split("/", -1);
    if (parts.length != 2 + ASPECTS.length || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    List<Aspect> aspects = new ArrayList<>();
    for (int i = 0; i < ASPECTS.length; i++) {
      if (parts[i + 2].startsWith(ASPECTS[i])) {
        Aspect.parse(parts[i + 2].substring(ASPECTS[i].length())).ifPresent(aspects::add);
      }
    }
    return aspects.size() < ASPECTS.length
        ? Optional.empty()
        : Optional.of(
            new AppliedRecord(
                BasicTime.parse(parts[1]),
                aspects.get(0),
                aspects.get(1),
                aspects.get(2),
                aspects.get(3)));
  }

  /// What it says of tag mutability.
  public static String text(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? value.mode()
        : value.mode() + "." + Digest.of(String.join("\n", value.exclusionFilters()));
  }

  /// The inverse, but for exclusion filters: their digest cannot be read back.
  public static Optional<TagMutability> tagMutability(String text) {
    return text.contains(".") ? Optional.empty() : Optional.of(new TagMutability(text, List.of()));
  }

  /// Whether an event is older than what was applied. Equal is not older, and what has no time
  /// cannot be compared.
  public boolean isYoungerThan(Optional<Instant> event) {
    return time.isPresent() && event.isPresent() && event.get().isBefore(time.get());
  }

  public boolean wantsTheSameAs(AppliedRecord other) {
    return tags.wanted().equals(other.tags.wanted())
        && scan.wanted().equals(other.scan.wanted())
        && lifecycle.wanted().equals(other.lifecycle.wanted())
        && policy.wanted().equals(other.policy.wanted());
  }

  public AppliedRecord at(Optional<Instant> newTime) {
    return new AppliedRecord(newTime, tags, scan, lifecycle, policy);
  }

  /// As the tag's value.
  public String text() {
    return String.join(
        "/",
        VERSION,
        time.map(BasicTime::format).orElse(UNSTATED),
        ASPECTS[0] + tags,
        ASPECTS[1] + scan,
        ASPECTS[2] + lifecycle,
        ASPECTS[3] + policy);
  }
}

package dev.ecrrepo.repository;

import dev.ecrrepo.document.BasicTime;
import dev.ecrrepo.properties.TagMutability;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What was last applied to a repository, in the tag `ecrrepo:applied`, written before everything
/// else that an event changes:
/// `1/20261120T101500Z/tags:IMMUTABLE/scan:true/lifecycle:Ab3…+Zk9…/policy:-`.
///
/// The version counts the normal forms of policies as well: digests of another version say nothing.
///
/// @param time of the event that wrote it; absent where it had none
/// @param tags the tag mutability that is wanted, `-` where the template leaves it as it is
/// @param scan likewise `true`, `false` or `-`
record AppliedRecord(
    Optional<Instant> time, String tags, String scan, Documents lifecycle, Documents policy) {

  static final String TAG = Ownership.PREFIX + "applied";

  static final String UNSTATED = "-";

  private static final String VERSION = "1";
  private static final String[] ASPECTS = {"tags:", "scan:", "lifecycle:", "policy:"};
  private static final int LONGEST = 256;

  /// The digests of one policy.
  ///
  /// @param wanted absent where none is stated
  /// @param before of the document that was there before and was the resource's own
  record Documents(Optional<String> wanted, Optional<String> before) {

    static final Documents NONE = new Documents(Optional.empty(), Optional.empty());

    /// Whether a document of this digest was written by the provider for this resource.
    boolean has(String digest) {
      return wanted.filter(digest::equals).isPresent() || before.filter(digest::equals).isPresent();
    }

    /// After this, when another document is wanted.
    ///
    /// @param own the live document, if it is the resource's own
    Documents then(Optional<String> nowWanted, Optional<String> own) {
      if (nowWanted.equals(wanted)) {
        return this;
      }
      Optional<String> last = own.filter(digest -> !nowWanted.equals(Optional.of(digest)));
      return new Documents(nowWanted, last.isPresent() ? last : wanted);
    }

    private static Optional<Documents> parse(String text) {
      String[] parts = text.split("\\+", -1);
      boolean sound =
          parts.length <= 2
              && (parts[0].equals(UNSTATED) || isDigest(parts[0]))
              && (parts.length == 1 || isDigest(parts[1]));
      return sound
          ? Optional.of(
              new Documents(
                  Optional.of(parts[0]).filter(wanted -> !wanted.equals(UNSTATED)),
                  parts.length == 1 ? Optional.empty() : Optional.of(parts[1])))
          : Optional.empty();
    }

    private static boolean isDigest(String text) {
      return text.length() == Digest.LENGTH
          && text.chars()
              .allMatch(c ->
                  (c >= 'a' && c <= 'z')
                      || (c >= 'A' && c <= 'Z')
                      || (c >= '0' && c <= '9')
                      || c == '-'
                      || c == '_');
    }

    @Override
    public String toString() {
      return wanted.orElse(UNSTATED) + before.map(digest -> "+" + digest).orElse("");
    }
  }

  /// Nothing known: of a repository that is new, or new to its owner.
  static AppliedRecord nothing() {
    return new AppliedRecord(Optional.empty(), UNSTATED, UNSTATED, Documents.NONE, Documents.NONE);
  }

  /// Empty where the tag is missing, of another version, or not a record at all.
  static Optional<AppliedRecord> of(Map<String, String> tags) {
    String text = tags.getOrDefault(TAG, "");
    String[] parts = text.length() > LONGEST ? new String[0] : text.split("/", -1);
    if (parts.length != 2 + ASPECTS.length || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    String[] values = new String[ASPECTS.length];
    for (int i = 0; i < ASPECTS.length; i++) {
      if (!parts[i + 2].startsWith(ASPECTS[i])) {
        return Optional.empty();
      }
      values[i] = parts[i + 2].substring(ASPECTS[i].length());
    }
    Optional<Documents> lifecycle = Documents.parse(values[2]);
    Optional<Documents> policy = Documents.parse(values[3]);
    return lifecycle.isEmpty() || policy.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AppliedRecord(
                BasicTime.parse(parts[1]), values[0], values[1], lifecycle.get(), policy.get()));
  }

  /// What it says of tag mutability.
  static String tags(TagMutability value) {
    return value.exclusionFilters().isEmpty()
        ? value.mode()
        : value.mode() + "." + Digest.of(String.join("\n", value.exclusionFilters()));
  }

  /// Whether an event is older than what was applied. Equal is not older, and what has no time
  /// cannot be compared.
  boolean isYoungerThan(Optional<Instant> event) {
    return time.isPresent() && event.isPresent() && event.get().isBefore(time.get());
  }

  boolean wantsTheSameAs(AppliedRecord other) {
    return tags.equals(other.tags)
        && scan.equals(other.scan)
        && lifecycle.wanted().equals(other.lifecycle.wanted())
        && policy.wanted().equals(other.policy.wanted());
  }

  AppliedRecord at(Optional<Instant> newTime) {
    return new AppliedRecord(newTime, tags, scan, lifecycle, policy);
  }

  /// As the tag's value.
  String text() {
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

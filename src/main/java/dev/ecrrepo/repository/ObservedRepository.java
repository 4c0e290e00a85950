package dev.ecrrepo.repository;

import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A repository as ECR returned it. If only the repository itself was read, tags and policies are
/// empty: such a value does not tell who owns the repository. After a creation, the tags are those
/// that were sent. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html
///
/// @param registryId the account
/// @param uri host and name, without a tag
public record ObservedRepository(
    String name,
    String arn,
    String registryId,
    String uri,
    Instant createdAt,
    TagMutability tagMutability,
    boolean scanOnPush,
    Encryption encryption,
    Map<String, String> tags,
    Optional<LifecyclePolicy> lifecyclePolicy,
    Optional<RepositoryPolicy> repositoryPolicy) {

  public ObservedRepository {
    tags = Map.copyOf(tags);
  }

  /// Those of the wanted tags that the repository lacks or that have another value.
  public Map<String, String> tagsToSet(Map<String, String> wanted) {
    Map<String, String> missing = new LinkedHashMap<>(wanted);
    missing.entrySet().removeIf(tag -> tag.getValue().equals(tags.get(tag.getKey())));
    return missing;
  }

  public Ownership ownership() {
    return Ownership.of(tags);
  }

  /// What was last applied to it, if that is known.
  public Optional<AppliedRecord> applied() {
    return AppliedRecord.of(tags);
  }

  /// Whether its record was written by a newer event.
  ///
  /// @param event the time of the event that is compared
  public boolean hasNewerRecordThan(Optional<Instant> event) {
    return TagState.of(tags).hasNewerRecordThan(event);
  }

  /// Whether this event wrote its record; false if its time is not known.
  public boolean hasRecordOf(Optional<Instant> event) {
    return event.isPresent() && applied().flatMap(AppliedRecord::time).equals(event);
  }

  public String digest(RepositoryPolicy policy) {
    return digest(policy, registryId);
  }

  public static String digest(RepositoryPolicy policy, String ownAccount) {
    return Digest.of(policy.normalForm(ownAccount).toString());
  }

  public static String digest(LifecyclePolicy policy) {
    return Digest.of(policy.normalForm().toString());
  }

  /// Whether the record names this value, now or before.
  public boolean recordNames(RepositoryPolicy policy) {
    return applied().filter(record -> record.repositoryPolicy().has(digest(policy))).isPresent();
  }

  public boolean recordNames(TagMutability value) {
    return applied().filter(r -> r.tagMutability().has(AppliedRecord.encode(value))).isPresent();
  }

  public boolean recordNames(boolean scanOnPush) {
    return applied().filter(r -> r.scanOnPush().has(Boolean.toString(scanOnPush))).isPresent();
  }

  public boolean recordNames(LifecyclePolicy policy) {
    return applied().filter(record -> record.lifecyclePolicy().has(digest(policy))).isPresent();
  }
}

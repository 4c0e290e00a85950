package dev.ecrrepo.repository;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a repository's tags say about whose it is. The tags are written by CreateRepository itself,
/// so there is no moment at which a repository of ours is nobody's.
///
/// @param owner absent unless all of an owner's tags are there
/// @param marked whether there is any tag of ours, even an incomplete set
/// @param createdBy the RequestId of the Create or Update that made it; absent if nobody of ours
///   did
/// @param adopted it existed before a resource took it over
/// @param previousOwner the logical ID, in the same stack, from which it was taken over and which
///   gets it back until the rename is finished
public record Ownership(
    Optional<Owner> owner,
    boolean marked,
    Optional<String> createdBy,
    boolean adopted,
    Optional<String> previousOwner) {

  static final String PREFIX = "ecrrepo:";
  public static final String MANAGED_BY = PREFIX + "managed-by";
  static final String STACK_ID = PREFIX + "stack-id";
  static final String LOGICAL_ID = PREFIX + "logical-id";
  static final String CREATED_BY = PREFIX + "created-by";
  static final String ADOPTED = PREFIX + "adopted";
  static final String PREVIOUS_OWNER = PREFIX + "previous-owner";
  public static final String MANAGER = "Custom::EcrRepo";

  /// All of them; also the number of tags that are not the author's to use.
  static final List<String> KEYS =
      List.of(
          MANAGED_BY, STACK_ID, LOGICAL_ID, CREATED_BY, ADOPTED, PREVIOUS_OWNER, AppliedRecord.TAG);

  public static Ownership of(Map<String, String> tags) {
    Optional<Owner> owner =
        MANAGER.equals(tags.get(MANAGED_BY))
                && tags.containsKey(STACK_ID)
                && tags.containsKey(LOGICAL_ID)
            ? Optional.of(new Owner(tags.get(STACK_ID), tags.get(LOGICAL_ID)))
            : Optional.empty();
    return new Ownership(
        owner,
        KEYS.stream().anyMatch(tags::containsKey),
        Optional.ofNullable(tags.get(CREATED_BY)),
        "true".equals(tags.get(ADOPTED)),
        // Equal to the owner it means nothing: a give-back that died halfway.
        Optional.ofNullable(tags.get(PREVIOUS_OWNER))
            .filter(previous -> !previous.equals(tags.get(LOGICAL_ID))));
  }

  public boolean isOf(Owner other) {
    return owner.filter(other::equals).isPresent();
  }

  /// Whether another resource of the same stack took it over from this one, and may still have to
  /// give it back.
  public boolean isTakenFrom(Owner other) {
    return owner.filter(other::sameStack).isPresent()
        && previousOwner.filter(other.logicalId()::equals).isPresent();
  }

  /// The tags of a repository that this request creates.
  static Map<String, String> created(Owner owner, String requestId) {
    Map<String, String> tags = identity(owner);
    tags.put(CREATED_BY, requestId);
    return tags;
  }

  /// The tags that say whose it is, and nothing of where it came from.
  static Map<String, String> identity(Owner owner) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(MANAGED_BY, MANAGER);
    tags.put(STACK_ID, owner.stackId());
    tags.put(LOGICAL_ID, owner.logicalId());
    return tags;
  }

  /// The command by which a person takes all of these tags off.
  static String releaseCommand(String arn) {
    return "aws ecr untag-resource --resource-arn " + arn + " --tag-keys " + String.join(" ", KEYS);
  }

  /// The command by which a person puts the owner's tags back.
  static String claimCommand(String arn, Owner owner) {
    StringBuilder command = new StringBuilder("aws ecr tag-resource --resource-arn ").append(arn);
    command.append(" --tags");
    identity(owner)
        .forEach(
            (key, value) -> command.append(" Key=").append(key).append(",Value=").append(value));
    return command.toString();
  }
}

package dev.ecrrepo.repository;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Who owns a repository, by its tags. CreateRepository itself writes them, so that a repository of
/// the provider has an owner at any time.
///
/// @param owner absent unless all of an owner's tags are there
/// @param hasOwnershipTags whether there is any of the provider's tags, even an incomplete set
/// @param createdBy the RequestId of the Create or Update that created it; absent if none of this
///   provider did
/// @param adopted it existed before a resource took it over
/// @param previousOwners the logical IDs, in the same stack, from which it was taken over, the last
///   one first. Until the rename is finished, they get it back in this order.
public record Ownership(
    Optional<StackResource> owner,
    boolean hasOwnershipTags,
    Optional<String> createdBy,
    boolean adopted,
    List<String> previousOwners) {

  public static final String PREFIX = "ecrrepo:";
  static final String MANAGED_BY = PREFIX + "managed-by";
  static final String STACK_ID = PREFIX + "stack-id";
  public static final String LOGICAL_ID = PREFIX + "logical-id";
  static final String CREATED_BY = PREFIX + "created-by";
  public static final String ADOPTED = PREFIX + "adopted";
  public static final String PREVIOUS_OWNER = PREFIX + "previous-owner";
  static final String MANAGER = "Custom::EcrRepo";

  /// A logical ID is alphanumeric.
  private static final String SEPARATOR = "/";

  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Tag.html
  static final int MAX_TAG_VALUE = 256;

  /// All of them; also the number of tags that are not the author's to use.
  public static final List<String> KEYS =
      List.of(
          MANAGED_BY, STACK_ID, LOGICAL_ID, CREATED_BY, ADOPTED, PREVIOUS_OWNER, AppliedRecord.TAG);

  public static Ownership of(Map<String, String> tags) {
    Optional<StackResource> owner =
        MANAGER.equals(tags.get(MANAGED_BY))
                && tags.containsKey(STACK_ID)
                && tags.containsKey(LOGICAL_ID)
            ? Optional.of(new StackResource(tags.get(STACK_ID), tags.get(LOGICAL_ID)))
            : Optional.empty();
    return new Ownership(
        owner,
        KEYS.stream().anyMatch(tags::containsKey),
        Optional.ofNullable(tags.get(CREATED_BY)),
        "true".equals(tags.get(ADOPTED)),
        // One that equals the owner counts as none: an interrupted give-back left it, or an
        // adoption
        // overwrote an old one.
        Stream.of(tags.getOrDefault(PREVIOUS_OWNER, "").split(SEPARATOR, -1))
            .filter(previous -> !previous.isEmpty() && !previous.equals(tags.get(LOGICAL_ID)))
            .toList());
  }

  /// The logical ID that gets the repository back next.
  public Optional<String> previousOwner() {
    return previousOwners.stream().findFirst();
  }

  /// The value of the tag of the previous owners; empty if there are none. If two new resources
  /// take a repository from each other in one operation, its rollback must lead back to the first
  /// owner. The oldest ones that do not fit into a tag are left out.
  public static String previousOwnersTag(List<String> logicalIds) {
    String tag = "";
    for (String logicalId : logicalIds) {
      String longer = tag.isEmpty() ? logicalId : tag + SEPARATOR + logicalId;
      if (longer.length() > MAX_TAG_VALUE) {
        break;
      }
      tag = longer;
    }
    return tag;
  }

  /// The previous owners without one of them.
  public List<String> previousOwnersWithout(String logicalId) {
    return previousOwners.stream().filter(previous -> !previous.equals(logicalId)).toList();
  }

  /// Whether a delivery of the request with this ID created the repository.
  public boolean isCreatedBy(String requestId) {
    return createdBy.filter(requestId::equals).isPresent();
  }

  /// Whether some tags of an owner are there but not all, so that the owner is not known.
  public boolean isIncomplete() {
    return hasOwnershipTags && owner.isEmpty();
  }

  public boolean isOwnedBy(StackResource other) {
    return owner.filter(other::equals).isPresent();
  }

  /// Whether another resource of the same stack took it over from this one, and may still have to
  /// give it back.
  public boolean isTakenFrom(StackResource other) {
    return owner.filter(other::sameStack).isPresent() && previousOwners.contains(other.logicalId());
  }

  /// The tags of a repository that this request creates.
  public static Map<String, String> creationTags(StackResource owner, String requestId) {
    Map<String, String> tags = ownerTags(owner);
    tags.put(CREATED_BY, requestId);
    return tags;
  }

  /// The tags of an owner.
  public static Map<String, String> ownerTags(StackResource owner) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(MANAGED_BY, MANAGER);
    tags.put(STACK_ID, owner.stackId());
    tags.put(LOGICAL_ID, owner.logicalId());
    return tags;
  }

  /// The command by which a person takes all of these tags off.
  public static String releaseCommand(String arn) {
    return "aws ecr untag-resource --resource-arn " + arn + " --tag-keys " + String.join(" ", KEYS);
  }

  /// The command by which a person puts the owner's tags back.
  public static String claimCommand(String arn, StackResource owner) {
    StringBuilder command = new StringBuilder("aws ecr tag-resource --resource-arn ").append(arn);
    command.append(" --tags");
    ownerTags(owner)
        .forEach(
            (key, value) -> command.append(" Key=").append(key).append(",Value=").append(value));
    return command.toString();
  }
}

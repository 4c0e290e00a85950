package dev.ecrrepo.ecr;

import java.util.List;

/// Why a step at ECR did not succeed, after the SDK's own retries; [Retry] makes some calls again.
/// The message is for the template author: what was tried, what ECR said, what helps.
public final class EcrFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTE_LENGTH = 700;

  /// What the caller may have to tell apart.
  public enum Kind {
    REPOSITORY_ABSENT,
    POLICY_ABSENT,
    REPOSITORY_EXISTS,
    NOT_EMPTY,
    /// Perhaps because ECR does not know a principal yet.
    POLICY_REFUSED,
    DENIED,
    /// The SDK's last attempt was throttled. An earlier one may have taken effect.
    THROTTLED,
    TOO_MANY_TAGS,
    /// No call was made. Or the time of the event or of the call ended before ECR answered, or
    /// before it finished what it had accepted: then the call may have taken effect.
    TIME_OVER,
    /// The call may have taken effect.
    UNANSWERED,
    /// A newer event, or another owner, came while this one waited.
    SUPERSEDED,
    OTHER
  }

  private final Kind kind;

  public EcrFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// The same failure with possible causes, because ECR does not say why it refuses a policy.
  ///
  /// @param principals that the policy names
  /// @param suspects sentences about what else may be wrong
  public EcrFailure withPossibleCauses(List<String> principals, List<String> suspects) {
    StringBuilder message = new StringBuilder(getMessage());
    if (!principals.isEmpty()) {
      message.append(" The policy names ").append(cut(String.join(", ", principals))).append('.');
    }
    suspects.forEach(suspect -> message.append(' ').append(suspect));
    return new EcrFailure(kind, message.toString());
  }

  /// Whether it is an expected outcome, such as a repository that does not exist, and not a
  /// problem.
  boolean isExpected() {
    return switch (kind) {
      case REPOSITORY_ABSENT, POLICY_ABSENT, REPOSITORY_EXISTS, NOT_EMPTY, THROTTLED -> true;
      case POLICY_REFUSED, DENIED, TOO_MANY_TAGS, TIME_OVER, UNANSWERED, SUPERSEDED, OTHER -> false;
    };
  }

  /// No call was made: the request has been answered, or its time is over.
  public static EcrFailure timeOver(String doing, String repository) {
    return new EcrFailure(
        Kind.TIME_OVER,
        "Could not %s%s: the time for this operation is over. Try it again."
            .formatted(doing, naming(doing, repository)));
  }

  /// Somebody else's turn came while this one waited.
  public static EcrFailure superseded(String repository) {
    return new EcrFailure(
        Kind.SUPERSEDED,
        "A newer event of the stack, or another stack, changed repository %s while this event waited, so nothing more was changed."
            .formatted(repository));
  }

  /// @param advice what to do with the images, for this resource
  public static EcrFailure notEmpty(String repository, String advice) {
    return new EcrFailure(
        Kind.NOT_EMPTY,
        "Repository " + repository + " still contains images, so it was not deleted. " + advice);
  }

  public static EcrFailure stillThere(String repository) {
    return new EcrFailure(
        Kind.TIME_OVER,
        "ECR accepted the deletion of repository "
            + repository
            + ", but still lists it. Delete the stack again in some minutes. After an update that"
            + " removed or renamed the resource, there is nothing left to do.");
  }

  /// The command by which a person deletes a repository that contains no images.
  public static String deletion(String repository) {
    return "aws ecr delete-repository --repository-name " + repository;
  }

  /// The command by which a person deletes a repository with its images.
  public static String forcedDeletion(String repository) {
    return "aws ecr delete-repository --force --repository-name " + repository;
  }

  /// Where the act's own words do not name the repository already.
  static String naming(String doing, String repository) {
    if (doing.startsWith("create the repository " + repository + " ")) {
      return "";
    }
    return (doing.endsWith("the repository") ? " " : " of ") + repository;
  }

  /// Quotes at most 700 characters of a text.
  static String cut(String text) {
    if (text.length() <= MAX_QUOTE_LENGTH) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_QUOTE_LENGTH - 1))
            ? MAX_QUOTE_LENGTH - 1
            : MAX_QUOTE_LENGTH;
    return text.substring(0, end) + "…";
  }
}

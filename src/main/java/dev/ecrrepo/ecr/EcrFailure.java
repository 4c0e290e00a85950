package dev.ecrrepo.ecr;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Why a step at ECR did not succeed, after the SDK's own retries; [Retry] makes some calls again.
/// The message is for the template author: what was tried, what ECR said, what helps.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
public final class EcrFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTE_LENGTH = 700;
  private static final String CORRECT_THE_PROPERTY = "Correct the property that this names.";
  private static final Pattern DENIED_ACTION = Pattern.compile("perform: ([a-z]+:[A-Za-z]+)");

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
    /// No call was made. Or the time ended before ECR answered, or before ECR finished what it had
    /// accepted: then the call may have taken effect.
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

  /// @param doing what was tried: "set the lifecycle policy"
  static EcrFailure of(String doing, String repository, SdkException e) {
    String tried = "Could not " + doing + naming(doing, repository) + ": ";
    if (e instanceof AwsServiceException service) {
      AwsErrorDetails details = service.awsErrorDetails();
      String code = details == null || details.errorCode() == null ? "" : details.errorCode();
      String said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
      return service(tried, repository, code, said, service);
    }
    return e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException
        ? new EcrFailure(
            Kind.TIME_OVER,
            tried + "ECR did not answer in the time that this operation had. Try it again.")
        : new EcrFailure(
            Kind.UNANSWERED,
            tried
                + "ECR could not be reached. Try the operation again; if it stays so, whoever"
                + " deploys the provider should check the function's network and credentials.");
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

  private static EcrFailure service(
      String tried, String repository, String code, String said, AwsServiceException exception) {
    String quoted = code.isEmpty() ? "ECR refused" : "ECR answered " + code;
    String words = said.isBlank() ? "" : " \"" + cut(said.strip()) + "\"";
    String sentence = tried + quoted + words + ". ";
    return switch (code) {
      case "RepositoryNotFoundException" ->
          new EcrFailure(Kind.REPOSITORY_ABSENT, sentence + "It was deleted meanwhile. Try again.");
      case "RepositoryPolicyNotFoundException", "LifecyclePolicyNotFoundException" ->
          new EcrFailure(Kind.POLICY_ABSENT, sentence + "It was removed meanwhile. Try again.");
      case "RepositoryAlreadyExistsException" ->
          new EcrFailure(Kind.REPOSITORY_EXISTS, sentence + "Choose another RepositoryName.");
      case "RepositoryNotEmptyException" ->
          new EcrFailure(
              Kind.NOT_EMPTY,
              sentence + "If nobody needs its images, run `" + forcedDeletion(repository) + "`.");
      case "AccessDeniedException", "AccessDenied", "UnauthorizedOperation" ->
          new EcrFailure(Kind.DENIED, tried + denied(said));
      case "LimitExceededException" ->
          new EcrFailure(
              Kind.OTHER,
              sentence
                  + "Ask for a higher quota in Service Quotas (Amazon ECR), or delete what is not"
                  + " needed.");
      case "TooManyTagsException" ->
          new EcrFailure(
              Kind.TOO_MANY_TAGS,
              sentence
                  + "The provider's own tags count, too. State fewer Tags, or use `aws ecr"
                  + " untag-resource` to remove tags that the template does not state.");
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
      case "KmsException" ->
          new EcrFailure(
              Kind.OTHER,
              sentence
                  + "Check that the key exists in this Region and is enabled, and that its key"
                  + " policy allows the provider's role to call kms:CreateGrant and"
                  + " kms:DescribeKey.");
      case "InvalidParameterException" -> invalidParameter(sentence, said);
      default ->
          exception.isThrottlingException()
              ? new EcrFailure(
                  Kind.THROTTLED,
                  tried
                      + "ECR throttled this account's calls until the time ran out ("
                      + code
                      + "). Try the operation again when fewer stacks are deployed at once.")
              : new EcrFailure(
                  exception.statusCode() >= 500 ? Kind.UNANSWERED : Kind.OTHER,
                  exception.statusCode() >= 500
                      ? sentence + "Try the operation again."
                      : sentence + CORRECT_THE_PROPERTY);
    };
  }

  /// A policy is among the parameters. ECR's words for a principal that it does not know differ.
  private static EcrFailure invalidParameter(String sentence, String said) {
    if (said.contains("Principal not found")) {
      return new EcrFailure(
          Kind.POLICY_REFUSED,
          sentence
              + "A principal of the policy does not exist. Correct it, create it or remove it.");
    }
    if (said.contains("Invalid repository policy provided")) {
      return new EcrFailure(
          Kind.POLICY_REFUSED,
          sentence
              + "ECR does not say why. Either a principal of the policy does not exist: correct it,"
              + " create it or remove it. Or the policy has an action or a condition that ECR does"
              + " not know: correct it.");
    }
    return new EcrFailure(Kind.OTHER, sentence + CORRECT_THE_PROPERTY);
  }

  private static String denied(String said) {
    Matcher action = DENIED_ACTION.matcher(said);
    return "the provider's role may not "
        + (action.find() ? "call " + action.group(1) : "do it")
        + ". Whoever deploys the provider can allow it: the role's permissions depend on the"
        + " provider's parameters (NamePrefix, FormerNamePrefix, AllowAdoption, AllowedKmsKeys),"
        + " and an organization's own policies may forbid it too. AWS says: \""
        + cut(said)
        + "\".";
  }

  /// Where the act's own words do not name the repository already.
  private static String naming(String doing, String repository) {
    if (doing.startsWith("create the repository " + repository + " ")) {
      return "";
    }
    return (doing.endsWith("the repository") ? " " : " of ") + repository;
  }

  private static String cut(String text) {
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

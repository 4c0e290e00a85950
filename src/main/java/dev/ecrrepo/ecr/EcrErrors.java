package dev.ecrrepo.ecr;

import dev.ecrrepo.ecr.EcrFailure.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Translates the SDK's exceptions: which kind of failure an error is, and what helps.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
final class EcrErrors {

  private static final String CORRECT_THE_PROPERTY = "Correct the property that this names.";
  private static final Pattern DENIED_ACTION = Pattern.compile("perform: ([a-z]+:[A-Za-z]+)");

  private EcrErrors() {}

  /// @param doing what was tried: "set the lifecycle policy"
  static EcrFailure failure(String doing, String repository, SdkException e) {
    String tried = "Could not " + doing + EcrFailure.naming(doing, repository) + ": ";
    if (e instanceof AwsServiceException service) {
      AwsErrorDetails details = service.awsErrorDetails();
      String code = details == null || details.errorCode() == null ? "" : details.errorCode();
      String said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
      return service(tried, repository, code, said, service);
    }
    return e instanceof ApiCallTimeoutException
        ? new EcrFailure(
            Kind.TIME_OVER,
            tried + "ECR did not answer this call in time. Try the operation again.")
        : new EcrFailure(
            Kind.UNANSWERED,
            tried
                + "ECR could not be reached. Try the operation again; if it stays so, whoever"
                + " deploys the provider should check the function's network and credentials.");
  }

  private static EcrFailure service(
      String tried, String repository, String code, String said, AwsServiceException exception) {
    String quoted = code.isEmpty() ? "ECR refused" : "ECR answered " + code;
    String words = said.isBlank() ? "" : " \"" + EcrFailure.cut(said.strip()) + "\"";
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
              sentence
                  + "If nobody needs its images, run `"
                  + EcrFailure.forcedDeletion(repository)
                  + "`.");
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
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
      case "KmsException" ->
          new EcrFailure(
              Kind.OTHER,
              sentence
                  + "Check that the key exists in this Region and is enabled, and that its key"
                  + " policy allows the provider's role to call kms:CreateGrant,"
                  + " kms:DescribeKey and kms:RetireGrant.");
      case "InvalidParameterException" -> invalidParameter(sentence, said);
      case "UnrecognizedClientException",
          "InvalidClientTokenId",
          "ExpiredTokenException",
          "ExpiredToken",
          "InvalidSignatureException" ->
          new EcrFailure(
              Kind.OTHER,
              sentence
                  + "The credentials of the provider's function are not valid. Whoever deploys the"
                  + " provider should check that its role exists, and deploy the provider again.");
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
        + EcrFailure.cut(said)
        + "\".";
  }
}

package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A repository policy document that ECR accepts.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
public record RepositoryPolicy(JsonObject document) {

  /// ECR's limit for the text, in characters.
  static final int MAX_CHARACTERS = 10_240;

  /// `Access` and `RepositoryPolicyText` as one policy, all its faults added to `faults`.
  ///
  /// @param partition of the repository: `aws`, `aws-cn`, `aws-us-gov`, …
  /// @param repositoryName if the template states one; `Access.PullThroughCache` may depend on it
  /// @return empty if nothing is stated, or if anything is wrong
  public static Optional<RepositoryPolicy> read(
      Optional<Json> access,
      Optional<Json> repositoryPolicyText,
      Optional<String> repositoryName,
      String partition,
      List<Fault> faults) {
    return new PolicyReader(partition, faults).read(access, repositoryPolicyText, repositoryName);
  }

  /// As it is sent to ECR.
  public String text() {
    return document.toString();
  }

  /// This policy and, from the live one, the statement that the Lambda service wrote itself (its
  /// Sid `LambdaECRImageRetrievalPolicy`, and its principal the service alone). An author who
  /// states a statement of that Sid has the last word.
  public RepositoryPolicy keepingLambdaStatementOf(String live) {
    List<Json> written = PolicyDocument.statements(document);
    List<Json> kept =
        PolicyDocument.parse(live).map(RepositoryPolicy::lambdaStatements).orElse(List.of());
    if (kept.isEmpty() || written.stream().anyMatch(LambdaStatement::hasSid)) {
      return this;
    }
    List<Json> all = new ArrayList<>(written);
    all.addAll(kept);
    return new RepositoryPolicy(PolicyDocument.with(document, all));
  }

  /// Whether the policy that ECR gave back means the same, however it is printed. The statement
  /// that Lambda adds is no difference, unless this policy has it too.
  public boolean sameAs(String live) {
    return live.equals(text()) || meansTheSameAs(live);
  }

  private boolean meansTheSameAs(String live) {
    return PolicyDocument.parse(live)
        .map(policy ->
            PolicyDocument.statements(document).stream().anyMatch(LambdaStatement::hasSid)
                ? policy
                : withoutLambda(policy))
        .map(PolicyNormalForm::of)
        .filter(PolicyNormalForm.of(document)::equals)
        .isPresent();
  }

  /// What remains of a live policy that nobody states any more: Lambda's own statement, if it is
  /// there.
  public static Optional<RepositoryPolicy> lambdaStatementOf(String live) {
    return PolicyDocument.parse(live)
        .filter(policy -> !lambdaStatements(policy).isEmpty())
        .map(policy -> {
          Map<String, Json> kept = new LinkedHashMap<>();
          policy.get("Version").ifPresent(version -> kept.put("Version", version));
          kept.put("Statement", Json.array(lambdaStatements(policy)));
          return new RepositoryPolicy(new JsonObject(kept));
        });
  }

  /// Whether a live policy is nothing but what the Lambda service wrote itself.
  public static boolean isOnlyLambdaStatement(String live) {
    return PolicyDocument.parse(live)
        .filter(policy -> !lambdaStatements(policy).isEmpty())
        .filter(policy -> PolicyDocument.statements(policy).stream().allMatch(LambdaStatement::is))
        .isPresent();
  }

  /// The users, roles and accounts that a policy names, in order: what has to exist for ECR to take
  /// it.
  public static List<String> principalsOf(String policy) {
    return PolicyDocument.parse(policy).map(PolicyDocument::statements).orElse(List.of()).stream()
        .flatMap(statement ->
            statement instanceof JsonObject members
                    && members.get("Principal").orElse(JsonObject.EMPTY) instanceof JsonObject kinds
                ? kinds.get("AWS").map(PolicyDocument::elements).orElse(List.of()).stream()
                : Stream.of())
        .flatMap(id -> id instanceof JsonString(String name) ? Stream.of(name) : Stream.of())
        .filter(name -> !name.equals("*"))
        .distinct()
        .toList();
  }

  private static List<Json> lambdaStatements(JsonObject policy) {
    return PolicyDocument.statements(policy).stream().filter(LambdaStatement::is).toList();
  }

  private static JsonObject withoutLambda(JsonObject policy) {
    List<Json> statements = PolicyDocument.statements(policy);
    List<Json> others = statements.stream().filter(Predicate.not(LambdaStatement::is)).toList();
    return others.size() == statements.size() ? policy : PolicyDocument.with(policy, others);
  }
}

package dev.ecrrepo.policy;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.identifier.PrincipalArn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A repository policy: one that properties state, or one that ECR returned. It is parsed only
/// once. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
public final class RepositoryPolicy {

  /// Stands for any deleted user or role when two policies are compared.
  private static final String DELETED = "deleted";

  /// ECR's limit for the text, in characters.
  public static final int MAX_CHARACTERS = 10_240;

  private static final String FEWER_PRINCIPALS =
      "Name fewer principals: whole accounts, or an organization.";

  private static final JsonPath STATEMENTS =
      JsonPath.of("RepositoryPolicyText").member("Statement");

  private final String text;
  private final JsonObject document;
  private final List<String> origins;

  /// @param origins the property that each statement comes from, in the order of the statements
  private RepositoryPolicy(String text, JsonObject document, List<String> origins) {
    this.text = text;
    this.document = document;
    this.origins = List.copyOf(origins);
  }

  /// One that ECR returned. A text that is not JSON is kept as it is: it equals no other policy.
  public static RepositoryPolicy live(String text) {
    JsonObject document =
        PolicyDocument.parse(text).orElseGet(() -> Json.object(Map.of("Statement", Json.of(text))));
    return new RepositoryPolicy(text, document, List.of());
  }

  /// @param raw the template's own policy
  /// @param granted statements made of `Access`
  public static RepositoryPolicy of(Optional<JsonObject> raw, List<GrantedStatement> granted) {
    List<Json> statements = new ArrayList<>(raw.map(PolicyDocument::statements).orElse(List.of()));
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      origins.add(STATEMENTS.element(i).text());
    }
    for (GrantedStatement grant : granted) {
      statements.add(grant.statement());
      origins.add(grant.property());
    }
    if (raw.isPresent() && granted.isEmpty()) {
      return new RepositoryPolicy(raw.get().toString(), raw.get(), origins);
    }
    // The Version of RepositoryPolicyText is kept; the statements of Access mean the same in both
    // versions.
    JsonObject frame =
        raw.orElseGet(() -> Json.object(Map.of("Version", Json.of(PolicyDocument.VERSION))));
    JsonObject document = PolicyDocument.withStatements(frame, statements);
    return new RepositoryPolicy(document.toString(), document, origins);
  }

  /// What is wrong with a policy that is longer than ECR takes.
  ///
  /// @param at the property to shorten
  public static Optional<Fault> tooLong(String text, JsonPath at) {
    return text.length() <= MAX_CHARACTERS
        ? Optional.empty()
        : Optional.of(
            Fault.at(
                at,
                "the repository policy would have %d characters, and ECR accepts at most %d"
                    .formatted(text.length(), MAX_CHARACTERS),
                FEWER_PRINCIPALS));
  }

  /// Why ECR would not take this policy, which contains the statement that Lambda added to the live
  /// one. That statement is kept, so the policy can be too long although the template's is not.
  public Optional<String> tooLongWithLambdaStatement() {
    return text.length() <= MAX_CHARACTERS
        ? Optional.empty()
        : Optional.of(
            """
            The repository policy would have %d characters with the statement that AWS Lambda \
            added to it, and ECR accepts at most %d. %s\
            """
                .formatted(text.length(), MAX_CHARACTERS, FEWER_PRINCIPALS));
  }

  /// The text that is sent to ECR, or that ECR returned.
  public String text() {
    return text;
  }

  public JsonObject document() {
    return document;
  }

  /// The property that a statement comes from; for a live policy, the statement's place in it.
  String origin(int statement) {
    return statement < origins.size()
        ? origins.get(statement)
        : "Statement " + (statement + 1) + " of the live repository policy";
  }

  /// Equal for two policies with the same meaning, in whatever form they are written. Without the
  /// statement that Lambda itself adds.
  ///
  /// @param ownAccount of the repository, 12 digits
  public Json normalForm(String ownAccount) {
    List<Json> statements = PolicyDocument.statements(document);
    List<Json> others =
        statements.stream().filter(s -> !LambdaStatement.is(s, ownAccount)).toList();
    return PolicyNormalForm.of(
        others.size() == statements.size()
            ? document
            : PolicyDocument.withStatements(document, others));
  }

  /// Whether both mean the same. Lambda's own statement is no difference, unless this policy states
  /// one with its Sid.
  public boolean sameAs(RepositoryPolicy live, String ownAccount) {
    if (text.equals(live.text)) {
      return true;
    }
    return statesLambdaSid()
        ? PolicyNormalForm.of(document).equals(PolicyNormalForm.of(live.document))
        : normalForm(ownAccount).equals(live.normalForm(ownAccount));
  }

  /// Whether the live policy means the same, except that users or roles that this one names have
  /// been deleted since: ECR then returns their unique IDs in place of their ARNs.
  public boolean sameButForDeletedPrincipals(RepositoryPolicy live, String ownAccount) {
    Json liveForm = live.normalForm(ownAccount);
    Set<String> present = PolicyDocument.strings(liveForm);
    Json named =
        PolicyDocument.mapStrings(
            normalForm(ownAccount),
            text -> isUserOrRole(text) && !present.contains(text) ? DELETED : text);
    Json printed =
        PolicyDocument.mapStrings(liveForm, text -> PrincipalArn.isUniqueId(text) ? DELETED : text);
    return !printed.equals(liveForm)
        && named instanceof JsonObject one
        && printed instanceof JsonObject other
        && PolicyNormalForm.of(one).equals(PolicyNormalForm.of(other));
  }

  private static boolean isUserOrRole(String text) {
    return PrincipalArn.parse(text).filter(principal -> !principal.isRoot()).isPresent();
  }

  /// Whether it has a statement with the Sid of Lambda's own, whoever wrote it.
  public boolean statesLambdaSid() {
    return PolicyDocument.statements(document).stream().anyMatch(LambdaStatement::hasSid);
  }

  /// This policy and, from the live one, the statement that the Lambda service wrote itself. If the
  /// template states a statement of that Sid, Lambda's own is not kept.
  public RepositoryPolicy keepingLambdaStatementOf(RepositoryPolicy live, String ownAccount) {
    List<Json> kept = live.lambdaStatements(ownAccount);
    if (kept.isEmpty() || statesLambdaSid()) {
      return this;
    }
    List<Json> all = new ArrayList<>(PolicyDocument.statements(document));
    all.addAll(kept);
    JsonObject merged = PolicyDocument.withStatements(document, all);
    return new RepositoryPolicy(merged.toString(), merged, origins);
  }

  /// What remains of a live policy that the template no longer states: Lambda's own statement, if
  /// it is there.
  public Optional<RepositoryPolicy> lambdaStatementAlone(String ownAccount) {
    List<Json> lambda = lambdaStatements(ownAccount);
    if (lambda.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Json> kept = new LinkedHashMap<>();
    document.get("Version").ifPresent(version -> kept.put("Version", version));
    kept.put("Statement", Json.array(lambda));
    JsonObject alone = Json.object(kept);
    return Optional.of(new RepositoryPolicy(alone.toString(), alone, List.of()));
  }

  /// Whether it is nothing but what the Lambda service wrote itself.
  public boolean isOnlyLambdaStatement(String ownAccount) {
    List<Json> statements = PolicyDocument.statements(document);
    return !statements.isEmpty()
        && statements.stream().allMatch(s -> LambdaStatement.is(s, ownAccount));
  }

  /// The users, roles and accounts that it names, in order: they must exist for ECR to take it.
  public List<String> principals() {
    return PolicyDocument.statements(document).stream()
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

  private List<Json> lambdaStatements(String ownAccount) {
    return PolicyDocument.statements(document).stream()
        .filter(statement -> LambdaStatement.is(statement, ownAccount))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepositoryPolicy policy && text.equals(policy.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

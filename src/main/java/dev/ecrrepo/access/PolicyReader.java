package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `Access` and `RepositoryPolicyText` into one policy.
final class PolicyReader {

  private static final JsonPath TEXT = JsonPath.of("RepositoryPolicyText");

  private final String partition;
  private final List<Fault> faults;

  PolicyReader(String partition, List<Fault> faults) {
    this.partition = partition;
    this.faults = faults;
  }

  Optional<RepositoryPolicy> read(
      Optional<Json> access, Optional<Json> policyText, Optional<String> repositoryName) {
    int before = faults.size();
    Statements statements = new Statements(partition);
    AccessReader grants = new AccessReader(partition, repositoryName, faults);
    Optional<List<Grant>> granting =
        access.isEmpty() ? Optional.of(List.of()) : grants.read(access.get());
    List<JsonObject> granted =
        granting.orElse(List.of()).stream()
            .flatMap(grant -> statements.of(grant).stream())
            .toList();
    Set<String> sids =
        granted.stream().flatMap(s -> s.string("Sid").stream()).collect(Collectors.toSet());
    Optional<JsonObject> raw = policyText.flatMap(this::document);
    raw.ifPresent(policy -> new PolicyGrammar(partition, faults).check(policy, TEXT, sids));
    boolean unread = granting.isEmpty() || (policyText.isPresent() && raw.isEmpty());
    if (faults.size() > before || unread || (raw.isEmpty() && granted.isEmpty())) {
      return Optional.empty();
    }
    RepositoryPolicy policy = new RepositoryPolicy(merged(raw, granted));
    checkSize(policy, access.isPresent() ? JsonPath.of("Access") : TEXT);
    return faults.size() > before ? Optional.empty() : Optional.of(policy);
  }

  private static JsonObject merged(Optional<JsonObject> raw, List<JsonObject> granted) {
    if (raw.isPresent() && granted.isEmpty()) {
      return raw.get();
    }
    Map<String, Json> members = new LinkedHashMap<>();
    // The language of the author's own statements is the author's choice; ours read the same in
    // both.
    raw.ifPresentOrElse(
        policy -> members.putAll(policy.members()),
        () -> members.put("Version", Json.of(PolicyDocument.VERSION)));
    List<Json> all = new ArrayList<>(raw.map(PolicyDocument::statements).orElse(List.of()));
    all.addAll(granted);
    members.put("Statement", Json.array(all));
    return new JsonObject(members);
  }

  private Optional<JsonObject> document(Json value) {
    return switch (value) {
      case JsonObject policy -> Optional.of(policy);
      case JsonString(String text) when text.isBlank() -> {
        faults.add(
            Fault.at(TEXT, "is empty", "Write a policy document, or remove RepositoryPolicyText."));
        yield Optional.empty();
      }
      case JsonString(String text) -> parsed(text);
      // The schema says what is wrong with any other kind.
      default -> Optional.empty();
    };
  }

  private Optional<JsonObject> parsed(String text) {
    try {
      Json json = Json.parse(text);
      if (json instanceof JsonObject policy) {
        return Optional.of(policy);
      }
      faults.add(notAPolicy(json));
    } catch (JsonSyntaxException e) {
      faults.add(
          Fault.at(
              TEXT,
              "is not JSON: " + e.getMessage(),
              "Mend the text, or write the policy as an object of the template."));
    }
    return Optional.empty();
  }

  private static Fault notAPolicy(Json value) {
    return Fault.at(
        TEXT,
        "must be a policy document, and is " + value.kind(),
        "Write an object with Version and Statement, or such a document as JSON text.");
  }

  private void checkSize(RepositoryPolicy policy, JsonPath at) {
    int size = policy.text().length();
    if (size > RepositoryPolicy.MAX_CHARACTERS) {
      faults.add(
          Fault.at(
              at,
              "the repository policy would have %d characters, and ECR takes at most %d"
                  .formatted(size, RepositoryPolicy.MAX_CHARACTERS),
              "Name fewer principals: whole accounts, or an organization."));
    }
  }
}

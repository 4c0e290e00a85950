package dev.ecrrepo.access;

import dev.ecrrepo.access.Statements.Granted;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.policy.PolicyValidator;
import dev.ecrrepo.policy.RepositoryPolicy;
import java.util.List;
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
    AccessReader reader = new AccessReader(partition, repositoryName, faults);
    Optional<List<Grant>> grants =
        access.isEmpty() ? Optional.of(List.of()) : reader.read(access.get());
    List<Granted> granted = statements(grants.orElse(List.of()));
    Set<String> sids = granted.stream().map(Granted::sid).collect(Collectors.toSet());
    Optional<JsonObject> raw = policyText.flatMap(this::document);
    raw.ifPresent(policy -> new PolicyValidator(partition, faults).check(policy, TEXT, sids));
    boolean unread = grants.isEmpty() || (policyText.isPresent() && raw.isEmpty());
    if (faults.size() > before || unread || (raw.isEmpty() && granted.isEmpty())) {
      return Optional.empty();
    }
    RepositoryPolicy policy = RepositoryPolicy.of(raw, granted);
    checkSize(policy, access.isPresent() ? JsonPath.of("Access") : TEXT);
    return faults.size() > before ? Optional.empty() : Optional.of(policy);
  }

  /// Without a grammar: whatever can be read, for comparison with what is live.
  Optional<RepositoryPolicy> readAny(
      Optional<Json> access, Optional<Json> policyText, Optional<String> repositoryName) {
    AccessReader reader = new AccessReader(partition, repositoryName, faults);
    List<Granted> granted = statements(access.map(reader::readAny).orElse(List.of()));
    Optional<JsonObject> raw = policyText.flatMap(this::document);
    return raw.isEmpty() && granted.isEmpty()
        ? Optional.empty()
        : Optional.of(RepositoryPolicy.of(raw, granted));
  }

  private List<Granted> statements(List<Grant> grants) {
    Statements statements = new Statements(partition);
    return grants.stream().flatMap(grant -> statements.of(grant).stream()).toList();
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

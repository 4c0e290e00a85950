package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.policy.GrantedStatement;
import dev.ecrrepo.policy.PolicyValidator;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.validation.CheckedObject;
import dev.ecrrepo.validation.Decoded;
import dev.ecrrepo.validation.PolicyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns `Access` and `RepositoryPolicyText` into one policy.
public final class RepositoryPolicyReader {

  private static final String PROPERTY = "RepositoryPolicyText";
  private static final JsonPath TEXT = JsonPath.of(PROPERTY);

  private final String partition;
  private final List<Fault> faults = new ArrayList<>();

  private RepositoryPolicyReader(String partition) {
    this.partition = partition;
  }

  /// @param partition of the repository: `aws`, `aws-cn`, `aws-us-gov`, …
  /// @return empty if nothing is stated, or if there is a fault: an incomplete policy must not be
  ///   used
  public static Decoded<Optional<RepositoryPolicy>> read(
      CheckedObject properties, String partition) {
    return new RepositoryPolicyReader(partition).read(properties);
  }

  /// Whatever can be read of properties of any age, for comparison with a live policy.
  public static Optional<RepositoryPolicy> readUnchecked(
      CheckedObject properties, String partition) {
    return new RepositoryPolicyReader(partition).readUnchecked(properties);
  }

  private Decoded<Optional<RepositoryPolicy>> read(CheckedObject properties) {
    List<GrantedStatement> granted = statements(properties);
    Set<String> sids = granted.stream().map(GrantedStatement::sid).collect(Collectors.toSet());
    Optional<JsonObject> raw = properties.document(PROPERTY).flatMap(this::document);
    raw.ifPresent(policy -> faults.addAll(PolicyValidator.faults(policy, TEXT, partition, sids)));
    boolean readable = !properties.states(PROPERTY) || raw.isPresent();
    boolean valid = properties.isValid("Access") && readable;
    Optional<RepositoryPolicy> policy =
        valid && faults.isEmpty() ? policy(raw, granted) : Optional.empty();
    JsonPath propertyToShorten = properties.states("Access") ? JsonPath.of("Access") : TEXT;
    policy
        .flatMap(read -> RepositoryPolicy.tooLong(read.text(), propertyToShorten))
        .ifPresent(faults::add);
    return new Decoded<>(faults.isEmpty() ? policy : Optional.empty(), faults);
  }

  private Optional<RepositoryPolicy> readUnchecked(CheckedObject properties) {
    return policy(properties.document(PROPERTY).flatMap(this::document), statements(properties));
  }

  private static Optional<RepositoryPolicy> policy(
      Optional<JsonObject> raw, List<GrantedStatement> granted) {
    return raw.isEmpty() && granted.isEmpty()
        ? Optional.empty()
        : Optional.of(RepositoryPolicy.of(raw, granted));
  }

  private List<GrantedStatement> statements(CheckedObject properties) {
    Optional<CheckedObject> access = properties.object("Access");
    if (access.isEmpty()) {
      return List.of();
    }
    StatementBuilder builder = new StatementBuilder(partition);
    return AccessReader.read(access.get(), partition, repositoryName(properties))
        .addFaultsTo(faults)
        .stream()
        .flatMap(grant -> builder.statements(grant).stream())
        .toList();
  }

  /// Empty text for a faulty name, so that it is not reported as missing as well.
  private static Optional<String> repositoryName(CheckedObject properties) {
    return properties.isValid("RepositoryName")
        ? properties.text("RepositoryName").filter(name -> !name.isEmpty())
        : Optional.of("");
  }

  private Optional<JsonObject> document(Json objectOrText) {
    if (objectOrText instanceof JsonString(String text) && text.isBlank()) {
      faults.add(
          Fault.at(TEXT, "is empty", "Write a policy document, or remove RepositoryPolicyText."));
      return Optional.empty();
    }
    return PolicyText.read(objectOrText, TEXT, RepositoryPolicyReader::notAPolicy)
        .addFaultsTo(faults);
  }

  private static Fault notAPolicy(Json value) {
    return Fault.at(
        TEXT,
        "must be a policy document, but is " + value.kind(),
        "Write an object with Version and Statement, or such a document as JSON text.");
  }
}

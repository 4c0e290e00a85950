package dev.ecrrepo.access;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.policy.RepositoryPolicy;
import dev.ecrrepo.schema.Schema;
import dev.ecrrepo.validation.SchemaValidator;
import dev.ecrrepo.validation.ValidationResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The repository policy of properties that the schema has checked, as the provider reads them.
public final class StatedPolicy {

  private static final Schema SCHEMA = Schema.load();

  private StatedPolicy() {}

  public static Optional<RepositoryPolicy> read(
      Optional<Json> access,
      Optional<Json> repositoryPolicyText,
      Optional<String> repositoryName,
      String partition,
      List<Fault> faults) {
    Map<String, Json> properties = new HashMap<>();
    access.ifPresent(value -> properties.put("Access", value));
    repositoryPolicyText.ifPresent(value -> properties.put("RepositoryPolicyText", value));
    repositoryName.ifPresent(value -> properties.put("RepositoryName", Json.of(value)));
    ValidationResult checked =
        SchemaValidator.validate(SCHEMA, new JsonObject(properties), JsonPath.ROOT);
    return RepositoryPolicyReader.read(checked.values(), partition).addFaultsTo(faults);
  }
}

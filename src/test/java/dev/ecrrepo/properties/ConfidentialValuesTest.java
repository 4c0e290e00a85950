package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.schema.Schema;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fault is read by everybody who may see the stack's events, and is in the log. The values of
/// tags, and of members that the schema does not know, are in neither.
class ConfidentialValuesTest {

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.of("123456789012"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Tags': 'Secret1'}",
        "{'Tags': {'token': 'Secret1'}}",
        "{'Tags': {'Key': 'token', 'Value': 'Secret1'}}",
        "{'Tags': ['token=Secret1']}",
        "{'Tags': [['Secret1']]}",
        "{'Tags': [{'Key': 'token', 'Value': 'Secret1!'}]}",
        "{'Tags': [{'Key': 'token', 'Value': ['Secret1']}]}",
        "{'Tags': [{'Key': 'token', 'Value': {'a': 'Secret1'}}]}",
        "{'Tags': [{'Key': {'a': 'Secret1'}, 'Value': 'b'}]}",
        "{'Tags': [{'Key': 'token', 'Valeu': 'Secret1'}]}",
        "{'Tags': [{'Key': 'a', 'Value': 'b'}, {'Key': 'a', 'Value': 'Secret1'}]}",
        "{'Password': 'Secret1'}",
        "{'Password': {'a': ['Secret1']}}",
        "{'EmptyOnDelete': {'password': 'Secret1'}}",
        "{'ImageScanningConfiguration': [{'password': 'Secret1'}]}",
        "{'RepositoryName': [[{'password': 'Secret1'}]]}",
        "{'LifecyclePolicy': {'LifecyclePolicyText': {'rules': [], 'password': 'Secret1'}}}",
        "{'LifecyclePolicy': {'LifecyclePolicyText': {'rules': [{'password': 'Secret1'}]}}}",
        "{'RepositoryPolicyText': {'Statement': [], 'password': 'Secret1'}}",
        "{'RepositoryPolicyText': {'Statement': [{'Effect': {'password': 'Secret1'}}]}}",
        "{'Access': {'Password': 'Secret1'}}",
        "{'Access': {'Pull': {'Password': 'Secret1'}}}"
      })
  void areInNoFault(String properties) throws Exception {
    JsonObject read = (JsonObject) Json.parse(properties.replace('\'', '"'));
    String faults =
        FaultLines.of(assertInstanceOf(ReadResult.Faulty.class, reader.read(read)).faults());
    assertFalse(faults.contains("Secret"), faults);
  }
}

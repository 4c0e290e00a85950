package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.schema.Schema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The log tells of every value who chose it.
class ValueSourcesTest {

  @Test
  void anEmptyTemplateOwesEverythingToTheDefaultProfile() throws JsonSyntaxException {
    assertEquals(
        List.of(
            "ImageTagMutability IMMUTABLE from the default profile Production",
            "ScanOnPush true from the default profile Production",
            "EncryptionType AES256 from the default profile Production",
            "lifecycle rules from the default profile Production"),
        valueSources("{}"));
  }

  @Test
  void whatTheTemplateStatesIsSaid() throws JsonSyntaxException {
    assertEquals(
        List.of(
            "ImageTagMutability IMMUTABLE from the template",
            "ScanOnPush true from profile Development",
            "EncryptionType AES256 from profile Development",
            "lifecycle rules from the template's MaxImageCount, over those from profile"
                + " Development"),
        valueSources(
            """
            {"Profile": "Development", "ImageTagMutability": "IMMUTABLE", "MaxImageCount": "9"}
            """));
  }

  @Test
  void aRawPolicySaysWhatItOverrides() throws JsonSyntaxException {
    assertEquals(
        "lifecycle rules from the template's LifecyclePolicy alone, instead of"
            + " ExpireUntaggedAfterDays and those from the default profile Production",
        valueSources(
                """
                {"ExpireUntaggedAfterDays": "3", "LifecyclePolicy": {"LifecyclePolicyText": {"rules":
                  [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType":
                  "imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}]}}}
                """)
            .getLast());
  }

  private static List<String> valueSources(String properties) throws JsonSyntaxException {
    ReadResult reading =
        new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.empty())
            .read((JsonObject) Json.parse(properties));
    return assertInstanceOf(ReadResult.Desired.class, reading, reading.toString())
        .repository()
        .valueSources();
  }
}

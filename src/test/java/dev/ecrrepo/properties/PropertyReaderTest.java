package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.FaultLines;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.properties.Setting.Source;
import dev.ecrrepo.properties.TagMutability.Mode;
import dev.ecrrepo.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyReaderTest {

  private static final String KEEP_TEN =
      """
      {"rules": [{"rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10},
        "action": {"type": "expire"}}]}\
      """;

  private static final String PULL =
      """
      {"Version": "2012-10-17", "Statement": [{"Sid": "Pull", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}\
      """;

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "Production, IMMUTABLE, true, AES256",
    "Development, MUTABLE, true, AES256",
    "SharedRegistry, IMMUTABLE, true, KMS",
    "Native, MUTABLE, false, AES256"
  })
  void aNamedProfileStatesAllOfItsValues(
      String profile, Mode mutability, boolean scan, Encryption.Type encryption) {
    DesiredRepository desired = desired("{\"Profile\": \"" + profile + "\"}");
    assertEquals(
        new Setting<>(TagMutability.of(mutability), Source.PROFILE), desired.tagMutability());
    assertEquals(new Setting<>(scan, Source.PROFILE), desired.scanOnPush());
    assertEquals(
        new Setting<>(new Encryption(encryption, Optional.empty()), Source.PROFILE),
        desired.encryption());
    assertEquals(desired.policies().lifecyclePolicy(), desired.policies().statedLifecyclePolicy());
  }

  @Test
  void nothingStatedIsTheProductionProfileAndStatesNothing() {
    DesiredRepository nothing = desired("{}");
    DesiredRepository production = desired("{\"Profile\": \"Production\"}");
    assertEquals(production.tagMutability().value(), nothing.tagMutability().value());
    assertEquals(production.encryption().value(), nothing.encryption().value());
    assertEquals(production.policies().lifecyclePolicy(), nothing.policies().lifecyclePolicy());
    assertFalse(nothing.tagMutability().stated());
    assertFalse(nothing.scanOnPush().stated());
    assertFalse(nothing.encryption().stated());
    assertEquals(Optional.empty(), nothing.policies().statedLifecyclePolicy());
    assertEquals(Optional.empty(), nothing.policies().repositoryPolicy());
    assertEquals(Optional.empty(), nothing.name());
    assertFalse(nothing.adoptExisting());
    assertEquals(Map.of(), nothing.tags());
  }

  @Test
  void aStatedPropertyWinsOverItsProfile() {
    DesiredRepository desired =
        desired(
            """
            {"Profile": "Development", "ImageTagMutability": "IMMUTABLE",
             "ImageScanningConfiguration": {"ScanOnPush": "false"},
             "EncryptionConfiguration": {"EncryptionType": "KMS_DSSE", "KmsKey": "alias/a"}}\
            """);
    assertEquals(
        new Setting<>(TagMutability.of(Mode.IMMUTABLE), Source.PROPERTY), desired.tagMutability());
    assertEquals(new Setting<>(false, Source.PROPERTY), desired.scanOnPush());
    assertEquals(
        new Encryption(Encryption.Type.KMS_DSSE, Optional.of("alias/a")),
        desired.encryption().value());
  }

  @Test
  void aKeyAloneMeansKms() {
    DesiredRepository desired = desired("{\"EncryptionConfiguration\": {\"KmsKey\": \"alias/a\"}}");
    assertEquals(
        new Setting<>(new Encryption(Encryption.Type.KMS, Optional.of("alias/a")), Source.PROPERTY),
        desired.encryption());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EncryptionConfiguration\": {}, \"ImageScanningConfiguration\": {}}",
        "{\"Tags\": [], \"LifecycleRules\": [], \"ProtectedTags\": []}",
        "{\"ServiceToken\": \"arn\", \"ServiceTimeout\": \"1800\"}"
      })
  void whatConditionsLeaveBehindStatesNothing(String properties) {
    assertEquals(desired("{}"), desired(properties));
  }

  @Test
  void theSameFilterTwiceCountsOnce() {
    String filter =
        """
        {"ImageTagMutabilityExclusionFilterType": "WILDCARD",
         "ImageTagMutabilityExclusionFilterValue": "%s"}\
        """;
    DesiredRepository desired =
        desired(
            "{\"ImageTagMutability\": \"MUTABLE_WITH_EXCLUSION\","
                + " \"ImageTagMutabilityExclusionFilters\": ["
                + String.join(
                    ",", filter.formatted("v*"), filter.formatted("*a*"), filter.formatted("v*"))
                + "]}");
    assertEquals(List.of("*a*", "v*"), desired.tagMutability().value().exclusionFilters());
  }

  @Test
  @DisplayName("M63: scalars as strings and policies as text mean the same as JSON's own types")
  void howAValueIsWrittenMakesNoDifference() throws Exception {
    String typed =
        """
        {"ImageScanningConfiguration": {"ScanOnPush": false}, "EmptyOnDelete": true,
         "LifecyclePolicy": {"LifecyclePolicyText": %s}, "RepositoryPolicyText": %s}\
        """
            .formatted(KEEP_TEN, PULL);
    String delivered =
        """
        {"ImageScanningConfiguration": {"ScanOnPush": "false"}, "EmptyOnDelete": "true",
         "LifecyclePolicy": {"LifecyclePolicyText": %s}, "RepositoryPolicyText": %s}\
        """
            .formatted(KEEP_TEN.replaceAll(": (\\d+)", ": \"$1\""), PULL);
    String asText =
        """
        {"ImageScanningConfiguration": {"ScanOnPush": "false"}, "EmptyOnDelete": "true",
         "LifecyclePolicy": {"LifecyclePolicyText": %s}, "RepositoryPolicyText": %s}\
        """
            .formatted(Json.of(KEEP_TEN), Json.of(PULL));
    assertEquals(desired(typed), desired(delivered));
    assertEquals(desired(typed), desired(asText));
    assertEquals(
        Optional.of(Json.parse(KEEP_TEN)),
        desired(asText).policies().lifecyclePolicy().map(LifecyclePolicy::document));
    assertFalse(desired(delivered).scanOnPush().value());
  }

  @Test
  void aWholePolicyOverridesTheOtherLifecycleProperties() {
    ReadResult reading =
        reader.read(
            json(
                """
                {"MaxImageCount": "5", "ProtectedTags": ["v*"],
                 "LifecyclePolicy": {"LifecyclePolicyText": %s}}\
                """
                    .formatted(KEEP_TEN)));
    ReadResult.Desired desired = assertInstanceOf(ReadResult.Desired.class, reading);
    assertEquals(List.of("ProtectedTags", "MaxImageCount"), desired.overridden());
    assertEquals(
        json(KEEP_TEN), desired.repository().policies().lifecyclePolicy().orElseThrow().document());
  }

  @Test
  void anAdoptedRepositoryGetsNoRuleOfAProfileThatNobodyNamed() {
    DesiredRepository desired = desired("{\"MaxImageCount\": \"5\"}");
    assertTrue(desired.policies().lifecyclePolicy().orElseThrow().text().contains("untagged"));
    String stated = desired.policies().statedLifecyclePolicy().orElseThrow().text();
    assertTrue(stated.contains("imageCountMoreThan") && !stated.contains("untagged"), stated);
  }

  @Test
  void tagsKeepTheirOrderAndMayHaveEmptyValues() {
    DesiredRepository desired =
        desired(
            """
            {"Tags": [{"Key": "z", "Value": ""}, {"Key": "a:b/c@d", "Value": "1 + 1 = 2"}]}\
            """);
    assertEquals(List.of("z", "a:b/c@d"), List.copyOf(desired.tags().keySet()));
    assertEquals(List.of("", "1 + 1 = 2"), List.copyOf(desired.tags().values()));
  }

  @Test
  @DisplayName("M37: 43 tags are accepted, for seven of the 50 are ours")
  void fortyThreeTagsAreAccepted() {
    StringBuilder tags = new StringBuilder("{\"Tags\": [");
    for (int i = 0; i < 43; i++) {
      tags.append(i == 0 ? "" : ",").append("{\"Key\": \"k%d\", \"Value\": \"v\"}".formatted(i));
    }
    assertEquals(43, desired(tags + "]}").tags().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1", "1a", "a__b", "a---b", "a.b_c-d/e__f/0", "0/0"})
  void everyNameThatEcrAcceptsIsAccepted(String name) {
    assertEquals(Optional.of(name), desired("{\"RepositoryName\": \"" + name + "\"}").name());
  }

  @Test
  void aNameOf256CharactersIsAccepted() {
    String name = "a".repeat(256);
    assertEquals(Optional.of(name), desired("{\"RepositoryName\": \"" + name + "\"}").name());
  }

  private DesiredRepository desired(String properties) {
    return switch (reader.read(json(properties))) {
      case ReadResult.Desired(DesiredRepository repository, List<String> _) -> repository;
      case ReadResult.Faulty(List<Fault> faults) -> throw new AssertionError(FaultLines.of(faults));
    };
  }

  static JsonObject json(String text) {
    try {
      return (JsonObject) Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}

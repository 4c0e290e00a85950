package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import dev.ecrrepo.schema.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A very long text is read or refused at every place that takes one: no stack overflow in a
/// regular expression, no time that grows with the square of the length, no long sentence.
class LongTextsTest {

  private static final String EVERYTHING =
      """
      {"RepositoryName": "x", "Profile": "x", "ImageTagMutability": "x",
       "ImageTagMutabilityExclusionFilters": [{"ImageTagMutabilityExclusionFilterType": "WILDCARD",
         "ImageTagMutabilityExclusionFilterValue": "x"}],
       "ImageScanningConfiguration": {"ScanOnPush": "x"},
       "EncryptionConfiguration": {"EncryptionType": "x", "KmsKey": "x"},
       "LifecyclePolicy": {"LifecyclePolicyText": "x", "RegistryId": "x"},
       "LifecycleRules": [{"Description": "x", "TagStatus": "x", "TagPrefixList": ["x"],
         "MaxImageCount": "x", "StorageClass": "x", "Action": "x"},
        {"TagPatternList": ["x"], "MaxImageAgeDays": "1"},
        {"ForEachTagPattern": ["x"], "MaxImageAgeDays": "1"}],
       "ExpireUntaggedAfterDays": "x", "MaxImageCount": "x", "ExpireAllImagesAfterDays": "x",
       "ProtectedTags": ["x"],
       "Access": {"Pull": {"AccountIds": ["x"], "PrincipalArns": ["x"], "OrganizationIds": ["x"],
         "OrganizationPaths": ["x"]}, "Lambda": {"AccountIds": ["x"]},
        "PullThroughCache": {"AccountIds": ["x"], "RepositoryPrefixes": ["x"]}},
       "RepositoryPolicyText": {"Version": "x", "Id": "x", "Statement": [{"Sid": "x", "Effect": "x",
         "Principal": {"AWS": ["x"], "Service": "x"}, "Action": ["x"], "Resource": "x",
         "Condition": {"StringEquals": {"aws:x": "x"}}}]},
       "EmptyOnDelete": "x", "AdoptExisting": "x", "Tags": [{"Key": "x", "Value": "x"}]}\
      """;

  private static final Duration MUCH_TOO_LONG = Duration.ofSeconds(20);

  private final PropertyReader reader =
      new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.of("123456789012"));

  /// The beginning, the part that is repeated, and the end.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "|a|",
        "|a-|a",
        "|a/|a",
        "|-|",
        "a|-|!",
        "|__|a",
        "|._|",
        "|*|",
        "|a*|",
        "|1|",
        "|1.0e|",
        "| |1",
        "|A|",
        "|\u00e9|",
        "|x.dkr.ecr.|/a",
        "|aws:|",
        "arn:aws:iam::111122223333:role/|a/|a",
        "arn:aws:sts::111122223333:assumed-role/|a|/a",
        "arn:aws:kms:eu-central-1:111122223333:key/|a-|",
        "arn:|aws:|",
        "o-a1b2c3d4e5/r-ab12/|ou-ab12-11111111/|*",
        "o-a1b2c3d4e5/r-ab12/|ou-ab12-11111111/|!",
        "r-|a|",
        "ecr:|Batch|",
        "|{{resolve:|}}",
        "|${|}"
      })
  void isReadOrRefusedEverywhere(String parts) throws Exception {
    String[] part = parts.split("\\|", -1);
    for (int length : new int[] {300, 3_000, 9_000, 300_000}) {
      String text = part[0] + part[1].repeat(length / part[1].length()) + part[2];
      for (JsonObject properties : withTextAtEachPlace(text)) {
        assertTimeoutPreemptively(MUCH_TOO_LONG, () -> read(properties), parts);
      }
    }
  }

  private void read(JsonObject properties) {
    reader.readForDelete(properties);
    if (reader.read(properties) instanceof ReadResult.Faulty(List<Fault> faults)) {
      faults.forEach(fault ->
          assertTrue(
              fault.toString().length() < 1_600, () -> fault.toString().substring(0, 1_600)));
    }
  }

  private static List<JsonObject> withTextAtEachPlace(String text) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    JsonObject everything = (JsonObject) Json.parse(EVERYTHING);
    everything
        .members()
        .forEach((name, value) ->
            eachReplaced(value, text, changed -> all.add(new JsonObject(Map.of(name, changed)))));
    return all;
  }

  /// One variant for each string in it.
  private static void eachReplaced(Json json, String text, Consumer<Json> variant) {
    switch (json) {
      case JsonString _ -> variant.accept(Json.of(text));
      case JsonArray(List<Json> elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          int at = i;
          eachReplaced(
              elements.get(i),
              text,
              changed -> {
                List<Json> all = new ArrayList<>(elements);
                all.set(at, changed);
                variant.accept(Json.array(all));
              });
        }
      }
      case JsonObject(Map<String, Json> members) ->
          members.forEach((name, value) ->
              eachReplaced(
                  value,
                  text,
                  changed -> {
                    Map<String, Json> all = new LinkedHashMap<>(members);
                    all.put(name, changed);
                    variant.accept(new JsonObject(all));
                  }));
      default -> {}
    }
  }

  /// The JDK matches a repeated group by recursion unless its quantifier is possessive.
  @org.junit.jupiter.api.Test
  void noRegularExpressionRepeatsAGroupByRecursion() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          boolean pattern =
              line.matches(".*\"[^\"]*\\)([*+]|\\{\\d*,\\d*\\})(?![+])[^\"]*\".*")
                  && line.matches(".*(\\[|\\\\|\\(\\?).*");
          assertTrue(!pattern, file + ": " + line);
        }
      }
    }
  }
}

package dev.ecrrepo.lifecycle;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// ECR's grammar a second time: a JSON schema for the shape of a policy, and what rules owe each
/// other on another parser's tree. Shares nothing with the product.
final class IndependentCheck {

  private final JsonMapper json = new JsonMapper();
  private final Schema schema;

  IndependentCheck() {
    try {
      String text =
          Files.readString(
              Path.of("src/test/resources/lifecycle/ecr-lifecycle-policy.schema.json"));
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// What ECR would object to; empty for a valid policy.
  List<String> objections(String policy) {
    List<String> objections = new ArrayList<>();
    if (!schema.validate(policy, InputFormat.JSON, OutputFormat.BOOLEAN)) {
      for (Error error : schema.validate(policy, InputFormat.JSON)) {
        objections.add(error.toString());
      }
    }
    if (policy.length() < 100 || policy.length() > 30720) {
      objections.add(policy.length() + " characters");
    }
    if (objections.isEmpty()) {
      among(json.readTree(policy).get("rules"), objections);
    }
    return objections;
  }

  private static void among(JsonNode rules, List<String> objections) {
    Set<Integer> priorities = new HashSet<>();
    Set<String> taken = new HashSet<>();
    for (JsonNode rule : rules) {
      int priority = rule.get("rulePriority").intValue();
      if (!priorities.add(priority)) {
        objections.add("priority twice: " + priority);
      }
      JsonNode selection = rule.get("selection");
      String selected = selection.get("tagStatus").stringValue();
      if (selection.has("tagPatternList")) {
        continue;
      }
      if (selection.has("tagPrefixList")) {
        Set<String> prefixes = new TreeSet<>();
        selection.get("tagPrefixList").forEach(prefix -> prefixes.add(prefix.stringValue()));
        selected = prefixes.toString();
      }
      String storage = storage(selection);
      if (!taken.add(storage + " " + selected)) {
        objections.add("two rules for " + storage + " " + selected);
      }
      if (selected.equals("any")) {
        for (JsonNode other : rules) {
          if (storage(other.get("selection")).equals(storage)
              && other.get("rulePriority").intValue() > priority) {
            objections.add("any is not last of " + storage);
          }
        }
      }
    }
  }

  private static String storage(JsonNode selection) {
    return selection.has("storageClass") ? selection.get("storageClass").stringValue() : "standard";
  }
}

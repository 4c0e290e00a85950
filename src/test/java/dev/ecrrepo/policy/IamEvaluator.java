package dev.ecrrepo.policy;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks an evaluator of IAM policies that is not ours who may do what, see
/// `src/test/node/iam-evaluator.mjs`. One process; questions and answers are lines.
final class IamEvaluator implements AutoCloseable {

  private static final Path NODE = Path.of("src/test/node");

  /// Who asks. Everybody but a service and an anonymous caller has leave of their own account for
  /// all of ECR, as a policy of the repository does not reach across accounts without it.
  ///
  /// @param principal an ARN, a service, or empty for an anonymous caller
  /// @param context condition keys beside those that follow from the ARN
  record Caller(String principal, Map<String, Json> context) {
    boolean hasOwnPolicies() {
      return principal.startsWith("arn:");
    }
  }

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  IamEvaluator() throws IOException {
    if (!Files.isDirectory(NODE.resolve("node_modules"))) {
      throw new IllegalStateException(
          "the policy evaluator is not installed: run npm ci --prefix src/test/node");
    }
    process =
        new ProcessBuilder("node", NODE.resolve("iam-evaluator.mjs").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /// @param policy the repository's
  boolean allows(JsonObject policy, Caller caller, String action, String repositoryArn) {
    return allows(policy, caller, caller.hasOwnPolicies() ? "ecr:*" : "", action, repositoryArn);
  }

  /// @param ownLeave what the caller's own policies allow on everything; empty: they have none
  boolean allows(
      JsonObject policy, Caller caller, String ownLeave, String action, String repositoryArn) {
    return allows(
        policy,
        caller,
        ownLeave.isEmpty() ? List.of() : List.of(leave(ownLeave)),
        action,
        repositoryArn);
  }

  /// @param own the caller's own policies
  boolean allows(
      JsonObject policy, Caller caller, List<JsonObject> own, String action, String resource) {
    Map<String, Json> question = new LinkedHashMap<>();
    question.put(
        "principal",
        caller.principal().isEmpty() ? new Json.JsonNull() : Json.of(caller.principal()));
    question.put("action", Json.of(action));
    question.put("resource", Json.of(resource));
    question.put("context", Json.object(caller.context()));
    if (!own.isEmpty()) {
      question.put("identityPolicies", Json.array(own));
    }
    if (!policy.isEmpty()) {
      question.put("resourcePolicy", policy);
    }
    JsonObject answer = ask(Json.object(question));
    return switch (answer.string("decision").orElse("")) {
      case "Allowed" -> true;
      case "ImplicitlyDenied", "ExplicitlyDenied" -> false;
      default -> throw new AssertionError(question + " -> " + answer);
    };
  }

  private static JsonObject leave(String action) {
    return Json.object(
        Map.of(
            "Version",
            Json.of("2012-10-17"),
            "Statement",
            Json.object(
                Map.of(
                    "Effect",
                    Json.of("Allow"),
                    "Action",
                    Json.of(action),
                    "Resource",
                    Json.of("*")))));
  }

  private JsonObject ask(JsonObject question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      return (JsonObject) Json.parse(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    answers.close();
    process.destroy();
  }
}

package dev.ecrrepo.properties;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.lifecycle.LifecyclePolicy;
import dev.ecrrepo.schema.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The profiles' values, as the provider reads them.
final class ProfileTable {

  private ProfileTable() {}

  static String markdown() {
    return String.join(
        "\n",
        row("", profile -> "`" + profile + "`"),
        row("---", _ -> "---"),
        row(
            "`ImageTagMutability`",
            profile -> "`" + read(profile).tagMutability().value().mode() + "`"),
        row("`ScanOnPush`", profile -> "`" + read(profile).scanOnPush().value() + "`"),
        row("Encryption, at creation", profile -> encryption(read(profile).encryption().value())),
        row("Lifecycle rules", ProfileTable::rules));
  }

  private static String row(String title, Function<String, String> cell) {
    return Arrays.stream(Profile.values())
        .map(Profile::text)
        .map(cell)
        .collect(Collectors.joining(" | ", "| " + title + " | ", " |"));
  }

  private static String encryption(Encryption encryption) {
    return encryption.is(Encryption.Type.KMS)
        ? "`KMS` with the key `aws/ecr`"
        : "`" + encryption.type() + "`";
  }

  private static String rules(String profile) {
    return read(profile)
        .policies()
        .lifecyclePolicy()
        .map(LifecyclePolicy::document)
        .map(policy -> policy.get("rules").orElseThrow())
        .map(rules -> ((JsonArray) rules).elements())
        .orElse(List.of())
        .stream()
        .map(rule -> ((JsonObject) rule).string("description").orElseThrow().replace("*", "\\*"))
        .reduce((one, next) -> one + "<br>" + next)
        .orElse("none: images are kept");
  }

  private static DesiredRepository read(String profile) {
    JsonObject properties = new JsonObject(Map.of("Profile", Json.of(profile)));
    return switch (new PropertyReader(Schema.load(), "aws", "eu-west-1", Optional.empty())
        .read(properties)) {
      case ReadResult.Desired(DesiredRepository repository, List<String> _) -> repository;
      case ReadResult.Faulty faulty -> throw new IllegalStateException(faulty.toString());
    };
  }
}

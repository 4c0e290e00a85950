package dev.ecrrepo.wording;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonPath;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.document.Scalars;
import dev.ecrrepo.schema.Shape.ObjectShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names that our properties have in CDK, in Terraform's modules and in ECR's own documents,
/// and what ECR keeps in the registry. A name that is near one of ours is not listed:
/// SpellingSuggestion finds it.
final class NamesInOtherTools {

  /// The linter reads the same list.
  private static final String LIST = "other-names.json";

  private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z0-9]++");

  /// A place in the properties, and a name's letters in lower case.
  private record Name(String place, String letters) {}

  private static final Map<Name, String> REMEDIES = read();

  private NamesInOtherTools() {}

  /// @param here what the schema has at `parent`
  static Optional<String> remedy(ObjectShape here, JsonPath parent, String name) {
    return place(here, parent)
        .flatMap(place -> Optional.ofNullable(REMEDIES.get(new Name(place, letters(name)))));
  }

  private static Optional<String> place(ObjectShape here, JsonPath path) {
    String parent = path.text();
    if (parent.isEmpty()) {
      return Optional.of("Properties");
    }
    if (MisplacedLifecyclePolicy.isInRule(path)) {
      return Optional.of("LifecycleRules");
    }
    if (parent.startsWith("Access.")) {
      return here.members().containsKey("PrincipalArns") ? Optional.of("Access") : Optional.empty();
    }
    return Optional.of(parent);
  }

  /// Letters and digits alone, in lower case.
  static String letters(String name) {
    return NO_LETTERS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static Map<Name, String> read() {
    Map<Name, String> remedies = new HashMap<>();
    try (InputStream content = NamesInOtherTools.class.getResourceAsStream(LIST)) {
      if (content == null) {
        throw new IllegalStateException(LIST + " is not packed beside " + NamesInOtherTools.class);
      }
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      for (Json row : ((JsonArray) Json.parse(text)).elements()) {
        JsonObject names = (JsonObject) row;
        String place = names.string("in").orElseThrow();
        for (Json name : elements(names)) {
          remedies.put(
              new Name(place, Scalars.text(name).orElseThrow()),
              names.string("remedy").orElseThrow());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(LIST + ": " + e.getMessage(), e);
    }
    return Map.copyOf(remedies);
  }

  private static List<Json> elements(JsonObject names) {
    return ((JsonArray) names.get("names").orElseThrow()).elements();
  }
}

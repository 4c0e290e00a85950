package dev.ecrrepo.wording;

import dev.ecrrepo.document.Characters;
import dev.ecrrepo.document.Fault;
import dev.ecrrepo.document.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What is wrong with a repository name: each rule that it breaks, and a name near it.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
final class WrongRepositoryName {

  /// Is in every URI of a registry. As a constant it is known without loading this class.
  static final String IN_EVERY_URI = ".dkr";

  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:[a-z]++://)?+[^/]*?" + Pattern.quote(IN_EVERY_URI) + "[.-]ecr\\.[^/]*+(?:/(.*+))?+");

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]*+:ecr:[^:]*+:[^:]*+:repository/(.++)");
  private static final Pattern IMAGE = Pattern.compile("([a-z0-9][a-z0-9._/-]*+):[A-Za-z0-9._-]++");

  private static final int MAX_NAMED_CHARACTERS = 5;

  private WrongRepositoryName() {}

  /// Whether it is the URI of a registry, repository or image. Such a URI can match the schema's
  /// pattern for names.
  static boolean isUri(String name) {
    return REGISTRY.matcher(name).matches();
  }

  static Fault fault(String name, JsonPath path) {
    var registry = REGISTRY.matcher(name);
    if (registry.matches()) {
      return Fault.at(
          path,
          Fault.quote(name) + " is the URI of a registry, a repository or an image",
          onlyName(Optional.ofNullable(registry.group(1)).orElse("").split("[:@]", 2)[0]));
    }
    var arn = ARN.matcher(name);
    if (arn.matches()) {
      return Fault.at(
          path, Fault.quote(name) + " is the ARN of a repository", onlyName(arn.group(1)));
    }
    var image = IMAGE.matcher(name);
    if (image.matches()) {
      return Fault.at(
          path, Fault.quote(name) + " is an image with its tag", onlyName(image.group(1)));
    }
    return Fault.at(
        path,
        Fault.quote(name) + " " + Phrases.listed(reasons(name), "and"),
        near(name)
            .map(n -> "Write a name such as " + Fault.quote(n) + ".")
            .orElse("Write a name such as \"team/app\"."));
  }

  private static String onlyName(String name) {
    return "Write only the repository's name"
        + near(name).map(n -> ": " + n).orElse(", such as \"team/app\"")
        + ".";
  }

  private static List<String> reasons(String name) {
    List<String> reasons = new ArrayList<>();
    if (name.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
      reasons.add("has upper-case letters");
    }
    TreeSet<String> others = new TreeSet<>();
    name.codePoints()
        .filter(c -> !(c < 128 && Character.isLetterOrDigit(c)) && "._-/".indexOf(c) < 0)
        .forEach(c -> others.add(shown(c)));
    if (!others.isEmpty()) {
      List<String> shown = new ArrayList<>(others.stream().limit(MAX_NAMED_CHARACTERS).toList());
      if (others.size() > MAX_NAMED_CHARACTERS) {
        shown.add("others");
      }
      reasons.add("has " + Phrases.listed(shown, "and") + ", which no name may have");
    }
    if (name.contains("//")) {
      reasons.add("has an empty part between two slashes");
    }
    if (isSeparator(name.charAt(0))) {
      reasons.add("begins with \"" + name.charAt(0) + "\"");
    }
    if (isSeparator(name.charAt(name.length() - 1))) {
      reasons.add("ends with \"" + name.charAt(name.length() - 1) + "\"");
    }
    if (Pattern.compile("[^/][._-]/|/[._-][^/]").matcher(name).find()) {
      reasons.add("has a separator beside a slash");
    }
    if (Pattern.compile("\\.\\.|___|\\.[_-]|[_-]\\.|_-|-_").matcher(name).find()) {
      reasons.add("has separators in a row that are neither \"__\" nor only hyphens");
    }
    return reasons.isEmpty()
        ? List.of("does not have letters or digits around each separator")
        : reasons;
  }

  private static boolean isSeparator(char c) {
    return "._/-".indexOf(c) >= 0;
  }

  private static String shown(int character) {
    return switch (character) {
      case ' ' -> "spaces";
      case '\n', '\r' -> "line breaks";
      default ->
          Characters.isInvisible(character)
              ? Characters.name(character)
              : Fault.quote(Character.toString(character));
    };
  }

  /// The name in lower case, with single hyphens for what is not allowed. ECR's older pattern takes
  /// no two hyphens in a row, so they become one.
  private static Optional<String> near(String name) {
    String near =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._/-]++", "-")
            .replaceAll("[._-]*+/[._/-]*+", "/")
            .replaceAll("(?<![._-])(?!__(?![._-]))[._-]{2,}+", "-")
            .replaceAll("^[._/-]++|[._/-]++$", "");
    return near.length() >= 2 && near.length() <= 256 ? Optional.of(near) : Optional.empty();
  }
}

package dev.ecrrepo.document;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something that is wrong with a document, in words for its author.
///
/// @param path where, `ROOT` for the document as a whole
/// @param problem what is wrong with the value and which rule it breaks, a clause without full stop
///   that follows the path: `"14.0" is not an integer`. Values are quoted through [#quote], so that
///   they stay short. A verb at its beginning has to be among [#PREDICATES]
/// @param remedy what to write instead, one sentence with its full stop: `Write 14.`
public record Fault(JsonPath path, String problem, String remedy) {

  /// A reader of faults stops at this number: nobody reads more of them.
  public static final int MAX_FAULTS = 300;

  private static final int MAX_QUOTE_LENGTH = 60;

  /// A problem that begins with one of these words continues a sentence whose subject is the path.
  private static final Set<String> PREDICATES =
      Set.of(
          "begins",
          "brings",
          "contains",
          "does",
          "ends",
          "grants",
          "has",
          "is",
          "must",
          "names",
          "says",
          "selects");

  /// Of the path, of the problem and of the remedy, in characters.
  private static final int MAX_PART_LENGTH = 500;

  public Fault {
    problem = cut(problem, MAX_PART_LENGTH);
    remedy = cut(remedy, MAX_PART_LENGTH);
  }

  /// Whether a reader can stop.
  public static boolean reachedLimit(List<Fault> faults) {
    return faults.size() >= MAX_FAULTS;
  }

  public static Fault at(JsonPath path, String problem, String remedy) {
    return new Fault(path, problem, remedy);
  }

  /// The sentence: path, problem, remedy.
  @Override
  public String toString() {
    return statement() + ". " + remedy;
  }

  /// The first half of the sentence, without its full stop: `RepositoryNam is not a property of
  /// Custom::EcrRepo`, `MaxImageCount: "14.0" is not an integer`.
  public String statement() {
    String where = cut(path.text(), MAX_PART_LENGTH);
    if (where.isEmpty()) {
      return problem;
    }
    boolean continues = PREDICATES.contains(problem.split(" ", 2)[0]);
    return where + (continues ? " " : ": ") + problem;
  }

  /// A value as a fault shows it: cut after 60 characters, invisible characters escaped. Of an
  /// object only the keys are shown, because its values may be confidential.
  public static String quote(Json value) {
    return switch (value) {
      case Json.JsonString(String text) -> quote(text);
      case Json.JsonObject(Map<String, Json> members) ->
          cut(
              joined("{", members.keySet().stream().map(key -> quote(key) + ": …"), "}"),
              MAX_QUOTE_LENGTH);
      case Json.JsonArray(List<Json> elements) ->
          cut(joined("[", elements.stream().map(Fault::quote), "]"), MAX_QUOTE_LENGTH);
      default -> cut(value.toString(), MAX_QUOTE_LENGTH);
    };
  }

  /// No more parts than can be shown.
  private static String joined(String opening, Stream<String> parts, String closing) {
    return parts.limit(MAX_QUOTE_LENGTH).collect(Collectors.joining(", ", opening, closing));
  }

  /// A string as a fault shows it, in double quotes.
  public static String quote(String value) {
    // Escaping makes a text longer, never shorter: what is cut away need not be escaped first.
    String shown =
        value.length() <= MAX_QUOTE_LENGTH ? value : value.substring(0, MAX_QUOTE_LENGTH);
    return cut(Characters.escaped(Json.of(shown).toString()), MAX_QUOTE_LENGTH);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  /// All faults in one message of at most `maxCharacters` characters: those that fit, in order,
  /// then how many more there are.
  public static String message(List<Fault> faults, int maxCharacters) {
    if (faults.size() == 1) {
      return faults.getFirst().toString();
    }
    StringBuilder text =
        new StringBuilder(faults.size() + (reachedLimit(faults) ? " or more faults:" : " faults:"));
    int shown = 0;
    for (Fault fault : faults) {
      String line = " (" + (shown + 1) + ") " + fault;
      String rest = more(faults.size() - shown, reachedLimit(faults));
      if (text.length() + line.length() + rest.length() > maxCharacters && shown > 0) {
        return text + rest;
      }
      text.append(line);
      shown++;
    }
    return text.toString();
  }

  private static String more(int count, boolean andOthers) {
    return " … and " + (andOthers ? "" : count + " ") + "more; fix these first.";
  }
}

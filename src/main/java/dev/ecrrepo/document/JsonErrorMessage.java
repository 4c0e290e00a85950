package dev.ecrrepo.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with a JSON text, in words for a template's author instead of the parser's.
final class JsonErrorMessage {

  /// The character that the parser complains about, by its code.
  private static final Pattern CODE = Pattern.compile("code (\\d{1,7}+)");

  private static final Pattern CLOSING =
      Pattern.compile("Unexpected close marker '(.)': (?:expected '(.)'|no open )");

  private static final Pattern WORD =
      Pattern.compile("(?:Unrecognized|Non-standard) token '([^']*+)");

  /// A file's name and nothing else: it ends with a known extension, or begins with `file://`, as
  /// for the AWS CLI.
  private static final Pattern FILE_NAME =
      Pattern.compile("\\s*+(?:file://\\S*+|[\\w./\\\\:-]*+(?<=\\.(?:json|yaml|yml|txt)))\\s*+");

  private static final Pattern DYNAMIC_REFERENCE =
      Pattern.compile("\\s*+\\{\\{resolve:[^{}]*+\\}\\}\\s*+");

  private static final Pattern SUB_PLACEHOLDER = Pattern.compile("\\s*+\\$\\{[^{}]*+\\}\\s*+");

  /// An object whose quotes are escaped as if it stood inside a JSON string: `{\"`.
  private static final Pattern ESCAPED = Pattern.compile("\\s*+\\{\\s*+\\\\\"");

  private static final int MAX_WORD_LENGTH = 30;

  private JsonErrorMessage() {}

  /// @param text the whole text
  static JsonSyntaxException of(JsonProcessingException e, String text) {
    if (FILE_NAME.matcher(text).matches()) {
      return new JsonSyntaxException(
          "it is the name of a file, not the file's content", "Write the content of the file");
    }
    if (DYNAMIC_REFERENCE.matcher(text).matches()) {
      return unresolved(UnresolvedReference.DYNAMIC);
    }
    if (SUB_PLACEHOLDER.matcher(text).matches()) {
      return unresolved(UnresolvedReference.SUBSTITUTION);
    }
    if (ESCAPED.matcher(text).lookingAt()) {
      return new JsonSyntaxException(
          "its quotes have backslashes before them", "Remove the backslashes");
    }
    return new JsonSyntaxException(place(e.getLocation()) + clause(e.getOriginalMessage()));
  }

  private static JsonSyntaxException unresolved(UnresolvedReference reference) {
    return new JsonSyntaxException("it is " + reference.statement(), reference.remedy());
  }

  static String place(JsonLocation at) {
    return at == null || at.getLineNr() < 0
        ? ""
        : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  private static String clause(String message) {
    if (message.startsWith("Duplicate field")) {
      String key = message.substring(message.indexOf('\'') + 1, message.lastIndexOf('\''));
      return "duplicate key " + Fault.quote(key);
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "the text ends too early: a bracket or quotation mark is not closed";
    }
    if (message.contains("exceeds the maximum allowed")) {
      return message.startsWith("Name") ? "a key is too long" : "a number or string is too long";
    }
    if (message.startsWith("Invalid numeric value") || message.contains("in numeric value")) {
      return "a number is not valid JSON";
    }
    Matcher closing = CLOSING.matcher(message);
    if (closing.lookingAt()) {
      String found = "found '" + closing.group(1) + "', ";
      return closing.group(2) == null
          ? found + "which closes nothing"
          : found + "expected '" + closing.group(2) + "'";
    }
    Matcher word = WORD.matcher(message);
    if (word.lookingAt()) {
      String token = word.group(1);
      String shown =
          token.length() <= MAX_WORD_LENGTH ? token : token.substring(0, MAX_WORD_LENGTH - 1) + "…";
      return "found the word "
          + Fault.quote(shown)
          + ", and JSON allows text in double quotes only";
    }
    Matcher code = CODE.matcher(message);
    return code.find()
        ? character(Integer.parseInt(code.group(1)), message)
        : "the syntax is wrong";
  }

  private static String character(int character, String message) {
    // Jackson names half of a character outside the Basic Multilingual Plane.
    String found =
        "found "
            + (Character.getType(character) == Character.SURROGATE
                ? "a special character"
                : Characters.name(character));
    if (message.startsWith("Unrecognized character escape")) {
      return found + " after a backslash, which no escape in JSON has";
    }
    if (message.startsWith("Illegal unquoted")) {
      return found + " in a string, where JSON writes it as " + escape(character);
    }
    if (character == '#' || message.contains("ALLOW_COMMENTS")) {
      return found + ", and JSON allows no comments";
    }
    String wanted = wanted(message);
    return wanted.isEmpty()
        ? found + ", which JSON does not allow here"
        : found + ", expected " + wanted;
  }

  private static String escape(int control) {
    return switch (control) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04X".formatted(control);
    };
  }

  /// @param message such as `Unexpected character ('}' (code 125)): was expecting double-quote …`
  private static String wanted(String message) {
    String after = message.substring(message.indexOf(')') + 1);
    if (after.contains("colon")) {
      return "a colon";
    }
    if (after.contains("comma")) {
      return "a comma";
    }
    if (after.contains("double-quote")) {
      return "a key in double quotes";
    }
    return after.contains("value") ? "a value" : "";
  }
}

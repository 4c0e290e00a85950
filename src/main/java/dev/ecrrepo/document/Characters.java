package dev.ecrrepo.document;

import java.util.Locale;

/// Names for characters that cannot be seen, or look like another one.
public final class Characters {

  private Characters() {}

  /// `'x'`, or a name and the code point: `a no-break space (U+00A0)`.
  public static String name(int character) {
    String name =
        switch (character) {
          case ' ' -> "a space";
          case '\n', '\r' -> "a line break";
          case '\t' -> "a tab";
          case 0xA0, 0x202F, 0x2007 -> "a no-break space";
          case 0x200B, 0x200C, 0x200D, 0x2060 -> "a zero-width space";
          case 0xFEFF -> "a byte order mark";
          case 0x201C, 0x201D, 0x201E, 0x2018, 0x2019 -> "a curly quotation mark";
          default -> unseen(character) ? "an invisible character" : "";
        };
    if (name.isEmpty()) {
      return "'" + Character.toString(character) + "'";
    }
    return character <= ' ' && !name.startsWith("an ") ? name : name + code(character);
  }

  private static String code(int character) {
    return " (U+" + hex(character) + ")";
  }

  private static String hex(int character) {
    String hex = Integer.toHexString(character).toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }

  /// The text with `\u200B` in place of each character that cannot be seen, but for plain spaces. A
  /// character beyond U+FFFF becomes two escapes, as in JSON.
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (isInvisible(c)) {
            for (char unit : Character.toChars(c)) {
              escaped.append("\\u").append(hex(unit));
            }
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  /// Whether it cannot be seen in a template or in a message, or looks like a plain space.
  public static boolean isInvisible(int character) {
    return character != ' ' && unseen(character);
  }

  private static boolean unseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}

package dev.ecrrepo.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the text is, it is a value or a [JsonSyntaxException] with a short sentence, and
/// [Json#salvage] reads it without an exception.
class HostileJsonTest {

  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow",
       "Principal": {"AWS": ["111122223333", "*"]}, "Action": "ecr:*",
       "Condition": {"Null": {"aws:x": false, "aws:y": [1.5e3, null, true]}}}]}\
      """;

  private static final String PIECES =
      "{}[]:,\"\\'/*#-+.0123456789eEtruefalsenullNaN \t\n\u0000\u00a0\ufeff\ud83d";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\" 1}|line 1, column 6: found '1', expected a colon",
        "{\"a\":}|line 1, column 6: found '}', expected a value",
        "{\"a\":,\"b\":1}|line 1, column 6: found ',', expected a value",
        "[1,]|line 1, column 4: found ']', expected a value",
        "{\"a\":1,}|line 1, column 8: found '}', expected a key in double quotes",
        "{\"a\":[1}|line 1, column 8: found '}', expected ']'",
        "{\"a\":1}}|line 1, column 8: found '}', which closes nothing",
        "[1]]|line 1, column 4: found ']', which closes nothing",
        "{\"a\":|line 1, column 6: the text ends too early: a bracket or quotation mark is not"
            + " closed",
        "{\"a\":1,\"a\":2}|line 1, column 11: duplicate key \"a\"",
        "{\"a\": 1} // no|line 1, column 10: found '/', and JSON allows no comments",
        "{\"a\": 1, # no|line 1, column 10: found '#', and JSON allows no comments",
        "{\u00a0\"a\": 1}|line 1, column 2: found a no-break space (U+00A0), expected a key in"
            + " double quotes",
        "\ufeff{\"a\": 1}|line 1, column 1: found a byte order mark (U+FEFF), expected a value",
        "{\u201ca\u201d: 1}|line 1, column 2: found a curly quotation mark (U+201C), expected a key"
            + " in double quotes",
        "{\"a\": yes}|line 1, column 7: found the word \"yes\", and JSON allows text in double"
            + " quotes only",
        "policy.json|it is the name of a file, not the file's content",
        "file://./policy.txt|it is the name of a file, not the file's content",
        "{\"a\": 007}|line 1, column 8: a number is not valid JSON"
      })
  void aMissingColonOrValueIsToldWithItsPlace(String text, String sentence) {
    assertEquals(sentence, sentence(text));
  }

  @Test
  void aBrokenTextIsASyntaxErrorAndNothingElse() {
    int refused = 0;
    for (int seed = 0; seed < 60_000; seed++) {
      String text = broken(new Random(seed));
      refused += isRefused(text) ? 1 : 0;
      Json.salvage(text);
    }
    assertTrue(refused > 40_000, "refused: " + refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
  void depthIsRefusedWithoutAStackOverflow(String opening) {
    String deep = opening.repeat(200_000);
    assertEquals("it is nested deeper than 200 levels", sentence(deep));
    Json.salvage(deep);
  }

  @Test
  void lengthIsReadOrRefusedInOneShortSentence() throws JsonSyntaxException {
    String large = "x".repeat(1_000_000);
    assertEquals(Json.of(large), Json.parse("\"" + large + "\""));
    for (String text :
        List.of(
            "9".repeat(1_000_000),
            "1e" + "9".repeat(1_000_000),
            "{\"" + large + "\": 1}",
            "{\"k" + "k".repeat(40_000) + "\": 1, \"k" + "k".repeat(40_000) + "\": 1}",
            large,
            "{" + large,
            "\"" + large,
            " ".repeat(1_000_000),
            "[" + "1,".repeat(500_000))) {
      String sentence = sentence(text);
      assertTrue(sentence.length() < 200, sentence);
      assertFalse(sentence.contains("StreamReadConstraints"), sentence);
      Json.salvage(text);
    }
  }

  private static String sentence(String text) {
    return assertThrows(JsonSyntaxException.class, () -> Json.parse(text)).getMessage();
  }

  private static boolean isRefused(String text) {
    try {
      Json.parse(text);
      return false;
    } catch (JsonSyntaxException e) {
      assertTrue(e.getMessage().length() < 200, e.getMessage());
      return true;
    }
  }

  /// A policy with one to three pieces removed, added or replaced, or cut off.
  private static String broken(Random random) {
    StringBuilder text = new StringBuilder(POLICY);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.replace(at, at + 1, " ");
        case 1 -> text.insert(at, piece);
        case 2 -> text.setCharAt(at, piece);
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }
}

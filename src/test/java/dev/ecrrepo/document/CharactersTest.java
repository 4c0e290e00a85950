package dev.ecrrepo.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharactersTest {

  /// The inputs are written as in JSON. A language tag (U+E0001) has no shape; an emoji has one.
  @ParameterizedTest
  @CsvSource({
    "a b, a b",
    "a\u200Bb, a\\u200Bb",
    "a\u00A0b, a\\u00A0b",
    "a\uD83D\uDE00b, a\uD83D\uDE00b",
    "a\uDB40\uDC01b, a\\uDB40\\uDC01b",
    "a\uD83Db, a\\uD83Db"
  })
  void whatCannotBeSeenIsEscapedAsInJson(String text, String escaped) {
    assertEquals(escaped, Characters.escaped(text));
  }
}

package dev.ecrrepo.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientJsonReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          {"a":1,"b":{"c":[true,null]}} | {"a":1,"b":{"c":[true,null]}}
          {"a":1,"b":                   | {"a":1}
          {"a":1,"b":{"c":2,"d":        | {"a":1,"b":{"c":2}}
          {"a":[1,{"b":2},              | {"a":[1,{"b":2}]}
          {"a":{"b":?,"c":3},"d":4}     | {"a":{}}
          {"a":1,"a":2}                 | {"a":2}
          {"a":1}{"b":2}                | {"a":1}
          "text                         | null
          !!                            | null
          nonsense                      | null
          """)
  void whatStandsBeforeTheFirstErrorIsKept(String text, String salvaged) {
    assertEquals(salvaged, Json.salvage(text).toString());
  }

  @ParameterizedTest
  @CsvSource({"200, false", "201, true", "100000, true"})
  void whatIsTooDeepBecomesNullAndTheRestIsKept(int depth, boolean cut) {
    int below = depth - 1; // the object around counts
    String deep = "[".repeat(below) + "]".repeat(below);
    String kept = cut ? "[".repeat(199) + "null" + "]".repeat(199) : deep;
    assertEquals(
        "{\"deep\":" + kept + ",\"after\":true}",
        Json.salvage("{\"deep\":" + deep + ",\"after\":true}").toString());
  }

  @Test
  void aScalarIsNoLevelForEitherReader() throws JsonSyntaxException {
    String deepest = "[".repeat(200) + "1" + "]".repeat(200);
    assertEquals(deepest, Json.parse(deepest).toString());
    assertEquals(deepest, Json.salvage(deepest).toString());
    assertThrows(JsonSyntaxException.class, () -> Json.parse("[" + deepest + "]"));
  }
}

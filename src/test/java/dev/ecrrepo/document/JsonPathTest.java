package dev.ecrrepo.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a value stands in a document.
class JsonPathTest {

  private static Json document() throws JsonSyntaxException {
    return Json.parse("{\"a\": 1, \"b\": [{\"c\": 2}, {\"\": 3}]}");
  }

  @Test
  void aValueHasThePositionsOfAllAroundIt() throws JsonSyntaxException {
    JsonPath second = JsonPath.of("b").element(1);
    assertEquals(List.of(0), JsonPath.of("a").positionsIn(document()));
    assertEquals(List.of(1, 1, 0), second.member("").positionsIn(document()));
  }

  @Test
  void thePositionsEndWhereTheDocumentHasNoSuchValue() throws JsonSyntaxException {
    assertEquals(List.of(1, 0), JsonPath.of("b").element(0).member("d").positionsIn(document()));
    assertEquals(List.of(1), JsonPath.of("b").element(2).positionsIn(document()));
    assertEquals(List.of(0), JsonPath.of("a").member("b").positionsIn(document()));
  }

  @Test
  void anElementIsNoMemberWithAnEmptyName() throws JsonSyntaxException {
    JsonPath element = JsonPath.of("b").element(1).element(0);
    assertEquals(List.of(1, 1), element.positionsIn(document()));
  }
}

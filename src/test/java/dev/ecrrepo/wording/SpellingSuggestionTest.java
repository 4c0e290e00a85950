package dev.ecrrepo.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingSuggestionTest {

  private static final List<String> KNOWN = List.of("Effect", "Principal", "ScanOnPush", "Tags");

  @ParameterizedTest
  @CsvSource({
    "scanOnPush, ScanOnPush",
    "Principals, Principal",
    "Efect, Effect",
    "Effetc, Effect",
    "Tag, Tags",
    "effect, Effect"
  })
  void aMisspeltNameFindsTheKnownOne(String written, String meant) {
    assertEquals(Optional.of(meant), SpellingSuggestion.of(written, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"Lifecycle", "X", "Tenants", "''"})
  void whatResemblesNothingFindsNothing(String written) {
    assertEquals(Optional.empty(), SpellingSuggestion.of(written, KNOWN));
  }

  @Test
  void theNearestOfSeveralWins() {
    assertEquals(Optional.of("Pull"), SpellingSuggestion.of("Pul", List.of("Push", "Pull")));
  }
}

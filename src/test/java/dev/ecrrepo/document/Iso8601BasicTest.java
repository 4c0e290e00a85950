package dev.ecrrepo.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Iso8601BasicTest {

  @Test
  void whatIsFormattedIsRead() {
    Instant time = Instant.parse("2026-11-20T10:15:07Z");
    assertEquals("20261120T101507Z", Iso8601Basic.format(time));
    assertEquals(Optional.of(time), Iso8601Basic.parse("20261120T101507Z"));
    Instant early = Instant.parse("0026-01-02T00:00:00Z");
    assertEquals(Optional.of(early), Iso8601Basic.parse(Iso8601Basic.format(early)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20261120T101507",
        "20261120 101507Z",
        "20261320T101507Z",
        "20261120T101560Z",
        "+0261120T101507Z",
        "-0261120T101507Z",
        "20261120T+1+1+1Z",
        "٢٠٢٦١١٢٠T101507Z",
        "2026-11-20T10:15Z"
      })
  void nothingElseIsATime(String text) {
    assertEquals(Optional.empty(), Iso8601Basic.parse(text));
  }
}

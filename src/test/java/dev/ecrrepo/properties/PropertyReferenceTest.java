package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/properties.md` is made from the schema and may not fall behind it.
class PropertyReferenceTest {

  private static final Path PAGE = Path.of("docs/properties.md");

  @Test
  void thePageSaysWhatTheSchemaSays() throws IOException {
    String page = PropertyReference.page(SchemaText.read());
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        page,
        PAGE + " is stale: run make docs and commit the page");
  }
}

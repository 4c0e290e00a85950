package dev.ecrrepo.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON text with line breaks and spaces, as a person would write it.
public final class PrettyJson {

  private static final JsonFactory JSON = new JsonFactory();

  private PrettyJson() {}

  public static String of(Json json) {
    StringWriter out = new StringWriter();
    try (JsonParser parser = JSON.createParser(json.toString());
        JsonGenerator generator = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      while (parser.nextToken() != null) {
        generator.copyCurrentEventExact(parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}

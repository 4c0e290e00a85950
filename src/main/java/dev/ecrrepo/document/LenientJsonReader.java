package dev.ecrrepo.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a text that is not valid JSON up to its first error. What is nested too deeply becomes
/// `null`. For duplicate keys, the last value wins.
final class LenientJsonReader {

  private final JsonParser parser;
  private boolean stopped;

  private LenientJsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static Json read(String text) {
    JsonFactory anyDepth =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
            .build();
    try (JsonParser parser = anyDepth.createParser(text)) {
      return parser.nextToken() == null ? new JsonNull() : new LenientJsonReader(parser).value(1);
    } catch (IOException | JsonSyntaxException _) {
      return new JsonNull(); // Nothing could be read.
    }
  }

  private Json value(int depth) throws IOException, JsonSyntaxException {
    JsonToken opening = parser.currentToken();
    if (!opening.isStructStart()) {
      return JsonText.scalar(parser);
    }
    if (depth > JsonText.MAX_DEPTH) {
      parser.skipChildren(); // It counts brackets, and does not recurse.
      return new JsonNull();
    }
    return opening == JsonToken.START_OBJECT ? object(depth) : array(depth);
  }

  private JsonObject object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    try {
      while (!stopped && !parser.nextToken().isStructEnd()) {
        String key = parser.currentName();
        parser.nextToken();
        members.put(key, value(depth + 1));
      }
    } catch (IOException | JsonSyntaxException _) {
      stopped = true; // The outer levels keep what they have, and stop reading.
    }
    return new JsonObject(members);
  }

  private JsonArray array(int depth) {
    List<Json> elements = new ArrayList<>();
    try {
      while (!stopped && !parser.nextToken().isStructEnd()) {
        elements.add(value(depth + 1));
      }
    } catch (IOException | JsonSyntaxException _) {
      stopped = true;
    }
    return new JsonArray(elements);
  }
}

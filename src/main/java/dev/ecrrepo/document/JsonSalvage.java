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

/// Reads what can be read of a text that is not valid JSON: everything up to its first error, and
/// `null` for what is nested too deep. If a key is there twice, the last value counts.
final class JsonSalvage {

  private final JsonParser parser;
  private boolean broken;

  private JsonSalvage(JsonParser parser) {
    this.parser = parser;
  }

  static Json read(String text) {
    JsonFactory anyDepth =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
            .build();
    try (JsonParser parser = anyDepth.createParser(text)) {
      return parser.nextToken() == null ? new JsonNull() : new JsonSalvage(parser).value(1);
    } catch (IOException | JsonSyntaxException _) {
      return new JsonNull(); // not even a first token
    }
  }

  private Json value(int depth) throws IOException, JsonSyntaxException {
    JsonToken opening = parser.currentToken();
    if (!opening.isStructStart()) {
      return JsonText.scalar(parser);
    }
    if (depth > JsonText.MAX_DEPTH) {
      parser.skipChildren(); // counts brackets, does not recurse
      return new JsonNull();
    }
    Map<String, Json> members = new LinkedHashMap<>();
    List<Json> elements = new ArrayList<>();
    try {
      while (!broken && !parser.nextToken().isStructEnd()) {
        if (opening == JsonToken.START_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          members.put(key, value(depth + 1));
        } else {
          elements.add(value(depth + 1));
        }
      }
    } catch (IOException | JsonSyntaxException _) {
      broken = true; // the outer levels keep what they have and read no further
    }
    return opening == JsonToken.START_OBJECT ? new JsonObject(members) : new JsonArray(elements);
  }
}

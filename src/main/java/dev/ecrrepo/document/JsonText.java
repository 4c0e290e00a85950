package dev.ecrrepo.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonBoolean;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonNumber;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parses and prints JSON with jackson-core's streaming API. Data binding would make the cold start
/// slower.
public final class JsonText {

  /// Deeper than any template: CloudFormation's own limit for nested documents is far below.
  static final int MAX_DEPTH = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          // The parser's limit is above the one that value() checks and reports.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH + 1).build())
          .build();

  private JsonText() {}

  static Json parse(String text) throws JsonSyntaxException {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("the text is empty");
      }
      Json value = value(parser, 1);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException(
            JsonErrorMessage.place(parser.currentTokenLocation())
                + "there is more text after the end of the document");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw JsonErrorMessage.of(e, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String does not fail to be read
    }
  }

  /// @param depth of this object or list; a scalar is not a level
  private static Json value(JsonParser parser, int depth) throws IOException, JsonSyntaxException {
    if (depth > MAX_DEPTH && parser.currentToken().isStructStart()) {
      throw new JsonSyntaxException("it is nested deeper than " + MAX_DEPTH + " levels");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          members.put(key, value(parser, depth + 1));
        }
        yield new JsonObject(members);
      }
      case START_ARRAY -> {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser, depth + 1));
        }
        yield new JsonArray(elements);
      }
      default -> scalar(parser);
    };
  }

  static Json scalar(JsonParser parser) throws IOException, JsonSyntaxException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> new JsonNull();
      default -> throw new JsonSyntaxException("it ends too early");
    };
  }

  /// On one line, without spaces.
  static String compact(Json json) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      write(generator, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return out.toString();
  }

  private static void write(JsonGenerator generator, Json json) throws IOException {
    switch (json) {
      case JsonObject(Map<String, Json> members) -> {
        generator.writeStartObject();
        for (Map.Entry<String, Json> member : members.entrySet()) {
          generator.writeFieldName(member.getKey());
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
      case JsonArray(List<Json> elements) -> {
        generator.writeStartArray();
        for (Json element : elements) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case JsonString(String value) -> generator.writeString(value);
      case JsonNumber(String text) -> generator.writeNumber(text);
      case JsonBoolean(boolean value) -> generator.writeBoolean(value);
      case JsonNull _ -> generator.writeNull();
    }
  }
}

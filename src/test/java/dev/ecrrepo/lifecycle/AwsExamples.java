package dev.ecrrepo.lifecycle;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.Json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The policies that AWS documents, with the images and the outcome where it gives them:
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html. The files
/// `archive-*` are made after the table of its parameters and come without images.
final class AwsExamples {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  record Example(String name, JsonObject policy, List<Image> images, TreeSet<String> expired) {
    @Override
    public String toString() {
      return name;
    }
  }

  private AwsExamples() {}

  static List<Example> all() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/lifecycle/aws-examples"))) {
      return files.sorted().map(AwsExamples::read).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Example read(Path file) {
    try {
      JsonObject example = (JsonObject) Json.parse(Files.readString(file));
      TreeSet<String> expired = new TreeSet<>();
      strings(example, "expired").forEach(expired::add);
      return new Example(
          file.getFileName().toString(),
          (JsonObject) example.get("policy").orElseThrow(),
          images(((JsonArray) example.get("images").orElseThrow()).elements()),
          expired);
    } catch (Exception e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  /// In the order of their push: of two on the same day the later one in the list is the newer.
  private static List<Image> images(List<Json> list) {
    List<Image> images = new ArrayList<>();
    for (Json element : list) {
      JsonObject image = (JsonObject) element;
      long days = Long.parseLong(image.get("pushedDaysAgo").orElseThrow().toString());
      images.add(
          Image.pushed(
              image.string("name").orElseThrow(),
              NOW.minus(Duration.ofDays(days)).plusSeconds(images.size()),
              strings(image, "tags").toArray(String[]::new)));
    }
    return images;
  }

  private static Stream<String> strings(JsonObject object, String key) {
    return ((JsonArray) object.get(key).orElseThrow())
        .elements().stream().map(text -> ((JsonString) text).value());
  }
}

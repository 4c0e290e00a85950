package dev.ecrrepo.fuzz;

import dev.ecrrepo.cloudformation.ParsedUrl;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The kinds of input that somebody else writes, each with what must hold for every one of them.
enum Input {

  /// The event's bytes.
  EVENT {
    @Override
    void check(byte[] input) {
      Requests.answered(new Requests(Map.of()).send(input));
    }
  },

  /// The resource's properties, as JSON text.
  PROPERTIES {
    @Override
    void check(byte[] input) {
      requests(text(input));
    }
  },

  /// The repository's name: characters, and parts of names and URIs.
  NAME {
    @Override
    void check(byte[] input) {
      requests("{\"RepositoryName\":" + quoted(withParts(input)) + "}");
    }
  },

  /// The text of a lifecycle policy.
  LIFECYCLE {
    @Override
    void check(byte[] input) {
      requests("{\"LifecyclePolicy\":{\"LifecyclePolicyText\":" + quoted(text(input)) + "}}");
    }
  },

  /// The text of a repository policy.
  POLICY {
    @Override
    void check(byte[] input) {
      requests("{\"RepositoryPolicyText\":" + quoted(text(input)) + "}");
    }
  },

  /// The event's response URL.
  URL {
    @Override
    void check(byte[] input) {
      Optional<URL> url = ParsedUrl.of(text(input));
      url.ifPresent(Input::goesToS3);
    }
  },

  /// The function's environment: a line for each variable.
  SETTINGS {
    @Override
    void check(byte[] input) {
      Map<String, String> environment = new LinkedHashMap<>();
      text(input)
          .lines()
          .forEach(line -> {
            int equals = line.indexOf('=');
            environment.put(
                equals < 0 ? line : line.substring(0, equals),
                equals < 0 ? "" : line.substring(equals + 1));
          });
      Requests requests = new Requests(environment);
      Requests.answered(requests.create("{}"));
      Requests.answered(requests.delete("{}", "shop-Repo-1A2B3C4D5E6F"));
    }
  };

  /// What the name of a repository, and what people write instead, is made of.
  private static final List<String> NAME_PARTS =
      List.of(
          "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
          ".dkr-ecr.",
          "arn:aws:ecr:eu-west-1:111122223333:repository",
          "https://",
          "/",
          ":",
          "@",
          "//",
          "..",
          "__",
          "--",
          "team",
          "App",
          "1.0",
          "sha256",
          " ",
          "*",
          "é",
          "\u200b");

  /// @throws AssertionError for a finding
  abstract void check(byte[] input);

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /// A byte below 128 is a character; another one is a part. A search byte by byte would hardly
  /// write a URI.
  private static String withParts(byte[] input) {
    StringBuilder name = new StringBuilder();
    for (byte b : input) {
      if (b >= 0) {
        name.append((char) b);
      } else {
        name.append(NAME_PARTS.get((b & 0x7f) % NAME_PARTS.size()));
      }
    }
    return name.toString();
  }

  private static String quoted(String text) {
    return "\""
        + new String(
            com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text))
        + "\"";
  }

  /// A Create is accepted or refused; and whatever it stated, the Update that goes back from it
  /// succeeds, and so does a Delete: else a typing error would stick a stack.
  private static void requests(String properties) {
    Requests requests = new Requests(Map.of());
    Requests.answered(requests.create(properties));
    boolean readable = isObject(properties);
    Requests back = new Requests(Map.of());
    Requests.succeeded(back.create("{\"RepositoryName\":\"team/app\"}"), true);
    Requests.succeeded(back.update(properties, "{\"RepositoryName\":\"team/app\"}"), readable);
    Requests.succeeded(back.delete(properties, "team/app"), readable);
  }

  private static boolean isObject(String properties) {
    try {
      return Json.parse(properties) instanceof JsonObject;
    } catch (JsonSyntaxException _) {
      return false;
    }
  }

  /// Told without the function's own pattern.
  private static void goesToS3(URL url) {
    String host = url.getHost();
    boolean aws =
        host.matches(
            "(?i).*\\.(amazonaws\\.com|amazonaws\\.com\\.cn|amazonaws\\.eu|c2s\\.ic\\.gov"
                + "|sc2s\\.sgov\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");
    boolean s3 = host.matches("(?i)(.*\\.)?s3[.-].*");
    if (!url.getProtocol().equals("https")
        || url.getUserInfo() != null
        || (url.getPort() != -1 && url.getPort() != 443)
        || !aws
        || !s3) {
      throw new AssertionError("a response would be sent to " + host + ":" + url.getPort());
    }
  }
}

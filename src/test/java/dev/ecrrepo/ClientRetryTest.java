package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;

/// The client that the function uses, against a server that fails first.
class ClientRetryTest {

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName("M62: five server errors are not yet a failure")
  void serverErrorsAreTriedAgain() throws IOException {
    try (EcrClient ecr = clientOf(500, "ServerException", 5)) {
      assertEquals(
          "team/app",
          ecr.deleteRepository(r -> r.repositoryName("team/app")).repository().repositoryName());
    }
    assertEquals(6, requests.get());
  }

  /// The SDK's circuit breaker would allow a hundred retries in all.
  @Test
  void manyErrorsDoNotEndTheRetries() throws Exception {
    try (EcrClient ecr = clientOf(500, "ServerException", 200)) {
      Callable<String> call =
          () ->
              ecr.deleteRepository(r -> r.repositoryName("team/app")).repository().repositoryName();
      try (ExecutorService pool = Executors.newFixedThreadPool(100)) {
        for (Future<String> each : pool.invokeAll(Collections.nCopies(100, call))) {
          assertEquals("team/app", each.get());
        }
      }
    }
    assertEquals(300, requests.get());
  }

  @Test
  void whatTheCallerDidWrongIsNotTriedAgain() throws IOException {
    try (EcrClient ecr = clientOf(400, "InvalidParameterException", 9)) {
      assertThrows(
          EcrException.class, () -> ecr.deleteRepository(r -> r.repositoryName("team/app")));
    }
    assertEquals(1, requests.get());
  }

  private EcrClient clientOf(int status, String code, int failures) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean fails = requests.incrementAndGet() <= failures;
          byte[] body =
              (fails
                      ? "{\"__type\":\"" + code + "\",\"message\":\"no\"}"
                      : "{\"repository\":{\"repositoryName\":\"team/app\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fails ? status : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return Wiring.client(
        Map.of(
            "AWS_REGION",
            "eu-west-1",
            "AWS_ENDPOINT_URL_ECR",
            "http://127.0.0.1:" + server.getAddress().getPort()));
  }
}

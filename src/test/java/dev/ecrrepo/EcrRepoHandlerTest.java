package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.sun.net.httpserver.HttpServer;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.cloudformation.ResponseHosts;
import dev.ecrrepo.cloudformation.UnansweredException;
import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.document.JsonSyntaxException;
import dev.ecrrepo.logging.Printed;
import dev.ecrrepo.logging.ProviderVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class EcrRepoHandlerTest {

  private static final String SIGNATURE = "5eededsignature0123456789abcdef";
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:ecrrepo";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Context context = mock(Context.class);
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    when(context.getFunctionName()).thenReturn("ecrrepo");
    when(context.getFunctionVersion()).thenReturn("$LATEST");
    when(context.getInvokedFunctionArn()).thenReturn(ARN);
    when(context.getAwsRequestId()).thenReturn("lambda-request");
    when(context.getLogGroupName()).thenReturn("/aws/lambda/ecrrepo");
    when(context.getLogStreamName()).thenReturn("2026/11/20/[$LATEST]abc");
    when(context.getRemainingTimeInMillis()).thenReturn(900_000);
  }

  private final AtomicBoolean ended = new AtomicBoolean();

  @AfterEach
  void close() {
    server.stop(0);
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private EcrRepoHandler handler(Function<Map<String, String>, ProviderFactory> wiring) {
    return new EcrRepoHandler(
        Map.of(ResponseHosts.VARIABLE, host()), wiring, _ -> true, () -> ended.set(true));
  }

  private void handle(EcrRepoHandler handler, String requestType) throws IOException {
    String event =
        """
        {"RequestType": "%s", "ServiceToken": "%s",
         "ResponseURL": "http://%s/stack?X-Amz-Signature=%s",
         "StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/app/1f2e3d4c",
         "RequestId": "request-1", "ResourceType": "Custom::EcrRepo", "LogicalResourceId": "Repo",
         "PhysicalResourceId": "app/web", "ResourceProperties": {}}
        """
            .formatted(requestType, ARN, host(), SIGNATURE);
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        context);
  }

  private static JsonObject json(String text) throws JsonSyntaxException {
    return (JsonObject) Json.parse(text);
  }

  @Test
  @DisplayName(
      "M14: what fails at the start is answered FAILED to every event, and nothing escapes the"
          + " constructor")
  void aFailedStartIsAnsweredEachTime() throws Exception {
    for (Throwable thrown :
        List.of(new IllegalStateException("no client"), new NoClassDefFoundError("x"))) {
      received.clear();
      EcrRepoHandler handler =
          handler(_ -> {
            switch (thrown) {
              case RuntimeException e -> throw e;
              case Error e -> throw e;
              default -> throw new AssertionError();
            }
          });
      for (String type : List.of("Create", "Update", "Delete", "Delete")) {
        handle(handler, type);
      }
      assertEquals(4, received.size());
      for (String body : received) {
        assertEquals(Optional.of("FAILED"), json(body).string("Status"));
        String reason = json(body).string("Reason").orElseThrow();
        assertTrue(reason.contains("could not start") && reason.contains("[$LATEST]abc"), reason);
      }
      assertEquals(
          Optional.of("EcrRepo::CREATE_FAILED::request-1"),
          json(received.getFirst()).string("PhysicalResourceId"));
      assertEquals(Optional.of("app/web"), json(received.get(1)).string("PhysicalResourceId"));
    }
  }

  @Test
  void theProviderIsMadeOfTheInvocationsContext() throws Exception {
    handle(
        handler(environment ->
            lambda ->
                (request, _) ->
                    new Response.Success(
                        "app/web",
                        Map.of(
                            "Function", lambda.getInvokedFunctionArn(),
                            "Hosts", environment.get(ResponseHosts.VARIABLE),
                            "Logical", request.context().logicalResourceId()))),
        "Create");
    JsonObject data = (JsonObject) json(received.getFirst()).get("Data").orElseThrow();
    assertEquals(Optional.of(ARN), data.string("Function"));
    assertEquals(Optional.of(host()), data.string("Hosts"));
    assertEquals(Optional.of("Repo"), data.string("Logical"));
  }

  @Test
  @DisplayName("M6: a name that does not resolve is not remembered")
  void unresolvedNamesAreNotRemembered() {
    handler(_ -> _ -> (_, _) -> new Response.Failure("", "No."));
    assertEquals("0", Security.getProperty("networkaddress.cache.negative.ttl"));
  }

  @Test
  @DisplayName("R33, M72: the log tells the story of a Create in JSON lines, without the signature")
  void theLogTellsTheStory() throws Exception {
    EcrRepoHandler handler =
        handler(_ ->
            _ ->
                (_, _) -> {
                  LoggerFactory.getLogger("dev.ecrrepo.Something").info("worked");
                  return new Response.Success("app/web", Map.of());
                });
    try (Printed printed = new Printed()) {
      handle(handler, "Create");
      assertEquals(4, printed.lines().size(), printed.text());
      for (String line : printed.lines().subList(0, 3)) {
        JsonObject record = json(line);
        assertEquals(Optional.of("ecrrepo"), record.string("function_name"), line);
        assertEquals(Optional.of("lambda-request"), record.string("function_request_id"), line);
        assertEquals(Optional.of("request-1"), record.string("requestId"), line);
        assertEquals(Optional.of("Repo"), record.string("logicalResourceId"), line);
        assertEquals(Optional.of("Create"), record.string("requestType"), line);
        assertTrue(record.string("stackId").orElseThrow().contains(":stack/app/"), line);
      }
      assertEquals(
          List.of("received", "worked", "answered"),
          printed.lines().subList(0, 3).stream()
              .map(line -> line.replaceAll(".*\"message\":\"(\\w+)\".*", "$1"))
              .toList());
      assertEquals(
          Optional.of(ProviderVersion.NUMBER), json(printed.lines().getFirst()).string("version"));
      JsonObject answered = json(printed.lines().get(2));
      assertEquals(Optional.of("SUCCESS"), answered.string("outcome"));
      assertEquals(Optional.of("HTTP 200"), answered.string("delivery"));
      assertTrue(answered.get("ms").isPresent());
      JsonObject metric = json(printed.lines().get(3));
      for (String expected :
          List.of("ResponseDelivered:1", "RequestSucceeded:1", "RequestFailed:0")) {
        String[] nameAndValue = expected.split(":");
        assertEquals(nameAndValue[1], metric.get(nameAndValue[0]).orElseThrow().toString());
      }
      assertFalse(printed.text().contains(SIGNATURE), printed.text());
    }
    assertNull(MDC.get("requestId"));
  }

  @Test
  @DisplayName(
      "M2, M72: an undelivered answer throws, counts as undelivered and prints no signature")
  void anUndeliveredAnswerThrows() throws IOException {
    status = 404;
    EcrRepoHandler handler = handler(_ -> _ -> (_, _) -> new Response.Success("a", Map.of()));
    try (Printed printed = new Printed()) {
      UnansweredException e =
          assertThrows(UnansweredException.class, () -> handle(handler, "Create"));
      assertTrue(e.getMessage().contains("HTTP 404"), e.getMessage());
      assertFalse(e.toString().contains(SIGNATURE));
      assertTrue(printed.text().contains("\"ResponseDelivered\":0"), printed.text());
      assertFalse(printed.text().contains("\"RequestFailed\":"), printed.text());
      assertTrue(printed.text().contains("\"not delivered\""), printed.text());
      assertFalse(printed.text().contains(SIGNATURE), printed.text());
    }
  }

  @Test
  @DisplayName("M23: what is no event throws and prints nothing of it")
  void whatIsNoEventThrows() {
    EcrRepoHandler handler = handler(_ -> _ -> (_, _) -> new Response.Success("a", Map.of()));
    try (Printed printed = new Printed()) {
      byte[] event =
          ("{\"ResponseURL\": https://x/?s=" + SIGNATURE).getBytes(StandardCharsets.UTF_8);
      UnansweredException e =
          assertThrows(
              UnansweredException.class,
              () ->
                  handler.handleRequest(
                      new ByteArrayInputStream(event), OutputStream.nullOutputStream(), context));
      assertFalse(e.toString().contains(SIGNATURE));
      assertFalse(printed.text().contains(SIGNATURE), printed.text());
    }
  }
}

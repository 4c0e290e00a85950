package dev.ecrrepo.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.document.Json;
import dev.ecrrepo.document.Json.JsonArray;
import dev.ecrrepo.document.Json.JsonNull;
import dev.ecrrepo.document.Json.JsonObject;
import dev.ecrrepo.identifier.StackId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);

  private static Event.RequestResult reading(String text) {
    return EventReader.read(text.getBytes(StandardCharsets.UTF_8))
        .request(name -> name.matches("[a-z/]+"), Optional.empty());
  }

  private static <T extends Request> T request(Class<T> type, Events event) {
    Event.RequestResult.Valid asked =
        assertInstanceOf(Event.RequestResult.Valid.class, reading(event.text()));
    return assertInstanceOf(type, asked.request());
  }

  private static String refusal(String text) {
    return assertInstanceOf(Event.RequestResult.Invalid.class, reading(text)).reason();
  }

  private static JsonObject properties(String key, Json value) {
    return Json.object(Map.of(key, value));
  }

  @Test
  void anUpdateCarriesEverythingTheEventSays() {
    Request.Update update =
        request(
            Request.Update.class,
            Events.update()
                .with("ResourceProperties", properties("RepositoryName", Json.of("new")))
                .with("OldResourceProperties", properties("RepositoryName", Json.of("old"))));
    assertEquals(
        new Request.Context(
            Events.REQUEST, StackId.parse(Events.STACK).orElseThrow(), "Repo", Optional.empty()),
        update.context());
    assertEquals(new PhysicalId.OfRepository("app/web"), update.physicalId());
    assertEquals("new", update.properties().string("RepositoryName").orElseThrow());
    assertEquals("old", update.oldProperties().string("RepositoryName").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "app/web, OfRepository",
    "EcrRepo::CREATE_FAILED::abc, FailedCreate",
    "app-Repo-1ABC2DEF, AssignedByCloudFormation",
    "'2026/11/20/[$LATEST]a', AssignedByCloudFormation",
  })
  void aDeletesPhysicalIdTellsWhoGaveIt(String id, String kind) {
    PhysicalId physicalId =
        request(Request.Delete.class, Events.delete().with("PhysicalResourceId", id)).physicalId();
    assertEquals(kind, physicalId.getClass().getSimpleName());
    assertEquals(id, physicalId.text());
  }

  @Test
  @DisplayName("M12: 10,000 levels deep properties are refused, the envelope is still read")
  void tooDeepPropertiesAreRefusedButAnswerable() {
    String event =
        Events.create()
            .text()
            .replace("\"ResourceProperties\":{}", "\"ResourceProperties\":" + DEEP);
    assertTrue(refusal(event).contains("nested deeper than 200 levels"), refusal(event));
  }

  @Test
  @DisplayName("M12: 10,000 levels instead of an event cannot be answered")
  void aTooDeepEnvelopeIsUnanswerable() {
    assertThrows(UnansweredException.class, () -> reading(DEEP));
  }

  @Test
  void aDeleteGoesAheadWithWhatItsPropertiesStillSay() {
    String event =
        Events.delete()
            .with("ResourceProperties", properties("EmptyOnDelete", Json.of("true")))
            .text()
            .replace("\"EmptyOnDelete\"", "\"AdoptExisting\":" + DEEP + ",\"EmptyOnDelete\"");
    Event.RequestResult.Valid asked =
        assertInstanceOf(Event.RequestResult.Valid.class, reading(event));
    assertEquals("true", asked.request().properties().string("EmptyOnDelete").orElseThrow());
    assertInstanceOf(
        JsonArray.class, asked.request().properties().get("AdoptExisting").orElseThrow());
  }

  @Test
  void aRepeatedPropertyIsRefusedByName() {
    String event =
        Events.create()
            .text()
            .replace(
                "\"ResourceProperties\":{}", "\"ResourceProperties\":{\"A\":\"1\",\"A\":\"2\"}");
    assertTrue(refusal(event).contains("duplicate key \"A\""), refusal(event));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "[]", "12", "true"})
  void propertiesThatAreNoObjectAreRefused(String value) {
    String event =
        Events.create()
            .text()
            .replace("\"ResourceProperties\":{}", "\"ResourceProperties\":" + value);
    assertTrue(refusal(event).contains("instead of an object"), refusal(event));
  }

  @Test
  void aCreateWithoutPropertiesIsNoneThatCloudFormationSends() {
    String reason = refusal(Events.create().without("ResourceProperties").text());
    assertTrue(reason.contains("not even a ServiceToken"), reason);
  }

  @Test
  void aDeleteNeedsNoProperties() {
    assertEquals(
        JsonObject.EMPTY,
        request(Request.Delete.class, Events.delete().with("ResourceProperties", new JsonNull()))
            .properties());
  }

  @Test
  void oldPropertiesYieldNoFault() {
    assertEquals(
        JsonObject.EMPTY,
        request(Request.Update.class, Events.update().with("OldResourceProperties", "garbage"))
            .oldProperties());
  }

  @Test
  @DisplayName("M21: an unknown or missing RequestType is refused")
  void anUnknownRequestTypeIsRefused() {
    assertTrue(
        refusal(Events.create().with("RequestType", "Import").text())
            .contains("Create, Update, Delete"));
    assertTrue(
        refusal(Events.create().without("RequestType").text()).contains("Create, Update, Delete"));
    assertTrue(
        refusal(Events.create().with("RequestType", "create").text())
            .contains("Create, Update, Delete"));
  }

  @Test
  void anUpdateOrDeleteNeedsAPhysicalId() {
    assertTrue(
        refusal(Events.update().without("PhysicalResourceId").text())
            .contains("PhysicalResourceId"));
    assertTrue(
        refusal(Events.delete().with("PhysicalResourceId", "").text())
            .contains("PhysicalResourceId"));
  }

  @Test
  void aStackIdThatIsNoStacksArnIsRefused() {
    assertTrue(refusal(Events.create().with("StackId", "app").text()).contains("StackId"));
  }

  @ParameterizedTest
  @DisplayName("M22, M23: what has no readable envelope cannot be answered")
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "\"text\"",
        "not JSON",
        "{\"Records\":[{\"Sns\":{\"Message\":\"{}\"}}]}"
      })
  void whatIsNoEventIsUnanswerable(String text) {
    assertThrows(UnansweredException.class, () -> reading(text));
  }

  @ParameterizedTest
  @DisplayName("M22: each member that an answer needs must be there")
  @ValueSource(strings = {"ResponseURL", "StackId", "RequestId", "LogicalResourceId"})
  void theEnvelopeMustBeWhole(String member) {
    for (Json value : List.<Json>of(new JsonNull(), Json.of(""), Json.of(" "), Json.of(1))) {
      String text = Events.create().with(member, value).text();
      String message = assertThrows(UnansweredException.class, () -> reading(text)).getMessage();
      assertTrue(message.contains(member), message);
    }
    String text = Events.create().without(member).text();
    assertThrows(UnansweredException.class, () -> reading(text));
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "3600, 3600", "3601, 3600", "0, 3600", "-5, 3600", "soon, 3600"})
  void theServiceTimeoutIsReadAsCloudFormationDefinesIt(String stated, int seconds) {
    assertEquals(
        Duration.ofSeconds(seconds),
        Events.create()
            .with("ResourceProperties", properties("ServiceTimeout", Json.of(stated)))
            .read()
            .serviceTimeout());
    assertEquals(Duration.ofHours(1), Events.create().read().serviceTimeout());
  }

  @Test
  void aFailureKeepsTheEventsIdExceptInACreate() {
    assertEquals(
        Events.MARKER, Events.create().with("PhysicalResourceId", "x").read().physicalIdToReport());
    assertEquals("app/web", Events.update().read().physicalIdToReport());
    assertEquals("app/web", Events.delete().read().physicalIdToReport());
    assertEquals(
        "app/web", Events.update().with("RequestType", "Import").read().physicalIdToReport());
    assertEquals(
        Events.MARKER, Events.delete().without("PhysicalResourceId").read().physicalIdToReport());
  }

  @Test
  @DisplayName("M72: neither events nor their parse errors print the response URL")
  void nothingPrintsTheUrl() {
    assertFalse(Events.create().read().toString().contains(Events.SIGNATURE));
    String text = Events.create().text();
    int signature = text.indexOf(Events.SIGNATURE);
    for (int cut = 0; cut < text.length(); cut++) {
      for (String broken :
          List.of(
              text.substring(0, cut),
              text.substring(cut),
              text.substring(0, cut) + "\u0001" + text.substring(cut))) {
        try {
          Event event = EventReader.read(broken.getBytes(StandardCharsets.UTF_8));
          assertFalse(
              event.request(_ -> true, Optional.empty()).toString().contains(Events.SIGNATURE),
              broken);
        } catch (UnansweredException e) {
          assertFalse(e.toString().contains(Events.SIGNATURE), broken);
          assertFalse(signature < 0 || e.getCause() != null, broken);
        }
      }
    }
  }
}

package dev.callflow.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.ScriptedLeg;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.SteppedTime;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** A module with a schema, and a type for its data that the schema alone cannot describe. */
class TypedModuleTests {

  private static final AccountId ACME = new AccountId("acme");

  private final SteppedTime time = new SteppedTime();
  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());
  private final AtomicInteger parsed = new AtomicInteger();
  private final Range module = new Range(parsed);
  private final CallflowEngine engine =
      CallflowEngine.builder(store, time).module(module).defaultAccount(ACME).build();

  private record Bounds(int from, int to, boolean loud) {}

  /** Continues at the child {@code FROM-TO}, or {@code FROM-TO!} if it is loud. */
  private static final class Range extends TypedModule<Bounds> {

    Range(AtomicInteger parsed) {
      super("range", schemaOfRange(), data -> parse(data, parsed));
    }

    private static InputStream schemaOfRange() {
      return new ByteArrayInputStream(
          """
          {"type": "object", "required": ["to"], "properties": {
            "from": {"type": "integer", "default": 1},
            "to": {"type": "integer", "maximum": 9},
            "loud": {"type": "boolean", "default": false}}}
          """
              .getBytes(StandardCharsets.UTF_8));
    }

    private static ParsedData<Bounds> parse(ObjectNode data, AtomicInteger parsed) {
      parsed.incrementAndGet();
      int from = data.get("from").intValue();
      int to = data.get("to").intValue();
      if (to == 7) {
        throw new IllegalStateException("the secret is 7");
      }
      return to < from
          ? ParsedData.invalid("/to", "must be at least from")
          : ParsedData.valid(new Bounds(from, to, data.get("loud").booleanValue()));
    }

    @Override
    protected Outcome run(ModuleContext context, Bounds data) {
      return new Outcome.ContinueAt(data.from() + "-" + data.to() + (data.loud() ? "!" : ""));
    }
  }

  // ---- at run time

  @Test
  void theModuleReceivesItsDataWithTheDefaultsOfTheSchema() {
    assertThat(call("{\"to\":3}")).isEqualTo("hangup FOUND");
  }

  @Test
  void stringsOfTheRightContentAreAccepted() {
    assertThat(call("{\"to\":\"3\",\"loud\":\"true\"}")).isEqualTo("hangup LOUD");
  }

  @Test
  void theDataIsParsedOnceForAllCallsUntilItsDocumentChanges() {
    call("{\"to\":3}");
    call();
    call();
    assertThat(parsed).hasValue(1);

    assertThat(call("{\"from\":2,\"to\":3}")).isEqualTo("hangup WILDCARD");
    call();
    assertThat(parsed).hasValue(2);
  }

  @Test
  void aNodeWithInvalidDataIsSkippedAndItsProblemsAreLogged() {
    Logger logger = (Logger) LoggerFactory.getLogger(TypedModule.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      assertThat(call("{\"to\":10}")).isEqualTo("hangup WILDCARD");
      assertThat(call("{\"to\":0}")).isEqualTo("hangup WILDCARD");
      assertThat(call("{}")).isEqualTo("hangup WILDCARD");
      assertThat(call("{\"to\":7}")).isEqualTo("hangup WILDCARD");
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "skipping range, because its data is invalid: [/flow/data/to: must be at most 9]",
            "skipping range, because its data is invalid: [/flow/data/to: must be at least from]",
            "skipping range, because its data is invalid: [/flow/data: missing required property"
                + " \"to\"]",
            "skipping range, because its data is invalid: [/flow/data: cannot be parsed:"
                + " IllegalStateException]");
  }

  // ---- when documents are checked

  @Test
  void validDataHasNoProblems() {
    assertThat(check("{\"from\":2,\"to\":3,\"skip_module\":true}")).isEmpty();
  }

  @Test
  void violationsOfTheSchemaAreReportedWithThePlaceInTheDocument() {
    assertThat(check("{\"from\":\"many\",\"to\":10}"))
        .containsExactlyInAnyOrder(
            "/flow/data/from: must be of type integer", "/flow/data/to: must be at most 9");
  }

  @Test
  void problemsThatTheParserFindsAreReported() {
    assertThat(check("{\"to\":0}")).containsExactly("/flow/data/to: must be at least from");
    assertThat(check("{\"to\":\"0\"}"))
        .containsExactly(
            "/flow/data/to: is a string, but must be an integer; treated as an integer",
            "/flow/data/to: must be at least from");
  }

  @Test
  void aParserThatThrowsReportsNoContentsOfTheDocument() {
    assertThat(check("{\"to\":7}"))
        .containsExactly("/flow/data: cannot be parsed: IllegalStateException");
  }

  @Test
  void unknownKeysAreWarnedOf() {
    assertThat(check("{\"to\":3,\"form\":2}"))
        .containsExactly(
            "/flow/data/form: warning: unknown key, which has no effect; did you mean \"from\"?");
  }

  @Test
  void aModuleWithoutItsSchemaCannotBeCreated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Broken(Broken.class.getResourceAsStream("no-such-schema.json")))
        .withMessage("there is no schema for broken");
  }

  private static final class Broken extends TypedModule<String> {
    Broken(@Nullable InputStream schema) {
      super("broken", schema, data -> ParsedData.valid(""));
    }

    @Override
    protected Outcome run(ModuleContext context, String data) {
      return new Outcome.HangUp(HangupCause.USER_BUSY);
    }
  }

  private List<String> check(String data) {
    return new CallflowCheck(List.of(module), MediaGuard.standard())
        .check(new Document(DocumentType.CALLFLOW, "f", callflow(data, false), "f.json")).stream()
            .map(Object::toString)
            .toList();
  }

  /** Stores a callflow with the data, and returns the last command to the leg of a call. */
  private String call(String data) {
    store.put(ACME, DocumentType.CALLFLOW, "f", callflow(data, true));
    return call();
  }

  private String call() {
    ScriptedLeg leg = new ScriptedLeg(time);
    IncomingCall incoming = new IncomingCall("1", "555", "Ann", Optional.empty(), Map.of());
    engine.run(leg, incoming, Optional.empty());
    return leg.commands().getLast();
  }

  private static ObjectNode callflow(String data, boolean children) {
    String hangup = "{\"module\":\"hangup\",\"data\":{\"cause\":\"%s\"}}";
    return Json.readObject(
        "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"range\",\"data\":"
            + data
            + (children
                ? ",\"children\":{\"1-3\":"
                    + hangup.formatted("FOUND")
                    + ",\"1-3!\":"
                    + hangup.formatted("LOUD")
                    + ",\"_\":"
                    + hangup.formatted("WILDCARD")
                    + "}"
                : "")
            + "}}");
  }
}

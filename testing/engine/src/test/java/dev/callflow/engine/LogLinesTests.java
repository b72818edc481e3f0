package dev.callflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Text from documents and callers cannot begin another log line. */
@ResourceLock("log")
@Isolated("reads the log")
class LogLinesTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final String FORGED = "x\n00:00:00 ERROR forged\r\u0000y\u2028z";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model =
      new SimulatedSwitch(
          time, SwitchSettings.seeded(1, file -> Optional.of(Duration.ofSeconds(1))));
  private final InProcessSwitch ports = new InProcessSwitch(model, time);
  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());

  private void flow(String flow) {
    ObjectNode callflow = Json.object();
    callflow.put("name", FORGED);
    callflow.putArray("numbers").add("5000").add(FORGED);
    callflow.set(
        "flow",
        Json.read(flow.replace("FORGED", Json.object().put("", FORGED).path("").toString())));
    store.put(ACME, DocumentType.CALLFLOW, "flow" + FORGED, callflow);
  }

  /** Runs a call to 5000 and one to a number that nobody has. */
  private void run() throws InterruptedException {
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + event.getMDCPropertyMap());
          }
        };
    Logger log = (Logger) LoggerFactory.getLogger("dev.callflow");
    Level before = log.getLevel();
    log.setLevel(Level.DEBUG);
    log.addAppender(appender);
    appender.start();
    try {
      Conferences conferences = Conferences.builder(store, ports.mixer(), time).build();
      CallflowEngine engine =
          CallflowEngine.builder(store, time)
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build();
      for (String number : List.of("5000", FORGED)) {
        String call = "call-" + number.length();
        model.arrive(new NewChannel(call, FORGED, FORGED, "5000", "", Map.of()));
        engine.take(
            ports.leg(new CallId(call)),
            new IncomingCall(number, FORGED, FORGED, Optional.empty(), Map.of()));
        time.at(
            Duration.ofSeconds(30),
            Phase.CALLS,
            "hang up",
            () -> model.hangUp(call, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
      }
      time.run(Duration.ofMinutes(1));
      time.close();
    } finally {
      log.detachAppender(appender);
      log.setLevel(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"module\":FORGED,\"data\":{}}",
        "{\"module\":\"play\",\"data\":{\"id\":FORGED}}",
        "{\"module\":\"callflow\",\"data\":{\"id\":FORGED}}",
        "{\"module\":\"transfer\",\"data\":{\"number\":FORGED}}",
        "{\"module\":\"conference\",\"data\":{\"config\":{\"name\":FORGED,\"play_name\":false}}}",
        "{\"module\":\"conference\",\"data\":{\"config\":{\"name\":FORGED,\"caller_controls\":FORGED,"
            + "\"profile\":{\"caller-controls\":FORGED,\"moh-sound\":FORGED}}}}",
        "{\"module\":\"menu\",\"data\":{},\"children\":{FORGED:{\"module\":FORGED,\"data\":{}}}}"
      })
  void textFromDocumentsStaysOnItsLine(String flow) throws Exception {
    flow(flow);

    run();

    assertThat(lines).isNotEmpty().noneMatch(line -> line.matches("(?s).*[\\p{Cntrl}\u2028].*"));
    assertThat(lines).anyMatch(line -> line.contains("00:00:00 ERROR forged"));
  }

  @Test
  void theConferenceOfAnOperatorStaysOnItsLine() throws Exception {
    flow("{\"module\":\"conference\",\"data\":{\"id\":FORGED,\"config\":{\"name\":\"a\"}}}");

    run();

    assertThat(lines).noneMatch(line -> line.matches("(?s).*[\\p{Cntrl}\u2028].*"));
  }
}

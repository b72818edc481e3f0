package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The call application with the whole library: documents, engine, conference and event socket. */
public final class OwnCalls implements AutoCloseable {

  private static final AccountId ACME = new AccountId("acme");

  private final FreeSwitch freeSwitch;
  private final Conference conference;

  private OwnCalls(FreeSwitch freeSwitch, Conference conference) {
    this.freeSwitch = freeSwitch;
    this.conference = conference;
  }

  /**
   * Starts the application.
   *
   * @param controlPort the port on which FreeSWITCH listens
   * @param callPort the port on which to accept calls; 0 for any free port
   * @param rooms the number of conferences, each with a number of its own
   * @return the running application
   */
  public static OwnCalls start(int controlPort, int callPort, int rooms) {
    TimeSource time = TimeSource.system();
    MemoryStore documents =
        new MemoryStore()
            .system(json("{\"limits\": {\"calls\": 20000}}"))
            .account(ACME, Json.object());
    for (int number = Exchange.FIRST_NUMBER; number < Exchange.FIRST_NUMBER + rooms; number++) {
      String id = id(number);
      documents.put(ACME, DocumentType.CALLFLOW, id, json(callflow(number, id)));
      documents.put(ACME, DocumentType.CONFERENCE, id, json(conference(id)));
    }
    FreeSwitch freeSwitch =
        new FreeSwitch(
            FreeSwitchOptions.of(Sockets.local(callPort), Sockets.local(controlPort), "ClueCon"),
            time);
    Conferences conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
    freeSwitch.start(
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build());
    if (!freeSwitch.awaitConnected(Duration.ofMinutes(1))) {
      throw new IllegalStateException("the control connection was not established within a minute");
    }
    return new OwnCalls(freeSwitch, conferences.conference(ACME, id(Exchange.FIRST_NUMBER)));
  }

  /** Returns the port for calls. */
  int port() {
    return freeSwitch.calls().getPort();
  }

  /**
   * Returns the conference with the first number.
   *
   * @return the conference
   */
  public Conference conference() {
    return conference;
  }

  @Override
  public void close() {
    freeSwitch.close();
  }

  private static String id(int number) {
    return "room-" + number;
  }

  static String callflow(int number, String conference) {
    return """
    {"id": "%s", "numbers": ["%d"], "flow": {"module": "conference", "data": {"id": "%s"}}}
    """
        .formatted(conference, number, conference);
  }

  static String conference(String id) {
    return """
    {"id": "%s", "name": "Board", "member": {"pins": ["%s"], "join_muted": false}}
    """
        .formatted(id, CallSubjects.PIN);
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }
}

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
   * @return the running application
   */
  public static OwnCalls start(int controlPort, int callPort) {
    TimeSource time = TimeSource.system();
    MemoryStore documents =
        new MemoryStore()
            .system(json("{\"limits\": {\"calls\": 10000}}"))
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "board",
                json(
                    """
                    {"patterns": [".*"], "flow": {"module": "conference", "data": {"id": "board"}}}
                    """))
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "board",
                json(
                    """
                    {"name": "Board", "member": {"pins": ["%s"], "join_muted": false}}
                    """
                        .formatted(CallSubjects.PIN)));
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
    return new OwnCalls(freeSwitch, conferences.conference(ACME, "board"));
  }

  /** Returns the port for calls. */
  int port() {
    return freeSwitch.calls().getPort();
  }

  /**
   * Returns the conference that all calls enter.
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

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.read(text);
  }
}

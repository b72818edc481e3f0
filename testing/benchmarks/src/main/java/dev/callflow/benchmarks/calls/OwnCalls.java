package dev.callflow.benchmarks.calls;

import dev.callflow.benchmarks.stream.Sockets;
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
final class OwnCalls {

  private static final AccountId ACME = new AccountId("acme");

  private OwnCalls() {}

  static int start(int controlPort) {
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
            FreeSwitchOptions.of(Sockets.local(0), Sockets.local(controlPort), "ClueCon"), time);
    Conferences conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
    freeSwitch.start(
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build());
    if (!freeSwitch.awaitConnected(Duration.ofSeconds(10))) {
      throw new IllegalStateException("the control connection was not established within 10 s");
    }
    return freeSwitch.calls().getPort();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.read(text);
  }
}

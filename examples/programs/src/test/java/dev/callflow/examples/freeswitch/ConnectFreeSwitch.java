package dev.callflow.examples.freeswitch;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.CallAccess;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import java.net.InetSocketAddress;
import java.util.List;

/** Runs the callflows and conferences of an account on one FreeSWITCH. */
final class ConnectFreeSwitch {

  static FreeSwitch start(int callPort, int eventSocketPort, DocumentStore documents) {
    TimeSource time = TimeSource.system();
    FreeSwitchOptions options =
        FreeSwitchOptions.builder(
                new InetSocketAddress("127.0.0.1", callPort),
                new InetSocketAddress("127.0.0.1", eventSocketPort),
                "ClueCon")
            .access(CallAccess.of(List.of("127.0.0.1"), List.of()))
            .build();
    FreeSwitch freeSwitch = new FreeSwitch(options, time);
    Conferences conferences = Conferences.builder(documents, freeSwitch.mixer(), time).build();
    CallflowEngine engine =
        CallflowEngine.builder(documents, time)
            .modules(conferences.modules())
            .defaultAccount(new AccountId("acme"))
            .build();
    return freeSwitch.start(engine);
  }
}

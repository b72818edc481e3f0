package dev.callflow.examples;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.host.Callflow;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The application under test: a host with one conference. */
final class MyApplication implements AutoCloseable {

  private final Callflow host;

  MyApplication(InetSocketAddress eventSocket, String password) {
    this(eventSocket, password, new InetSocketAddress("127.0.0.1", 0));
  }

  MyApplication(InetSocketAddress eventSocket, String password, InetSocketAddress calls) {
    AccountId acme = new AccountId("acme");
    MemoryStore documents =
        new MemoryStore()
            // Keys may come late on a slow machine.
            .system(json("{\"conferences\": {\"digit_timeout\": 120000}}"))
            .account(acme, Json.object())
            .put(
                acme,
                DocumentType.CALLFLOW,
                "flow",
                json(
                    """
                    {"numbers": ["2000"],
                     "flow": {"module": "conference", "data": {"id": "w1"}}}
                    """))
            .put(
                acme,
                DocumentType.CONFERENCE,
                "w1",
                json(
                    """
                    {"name": "Weekly", "member": {"pins": ["1234"]}}
                    """));
    host =
        Callflow.builder()
            .documents(documents)
            .freeSwitch(eventSocket, password, options -> {})
            .listen(calls)
            .controlTimeout(Eventually.LIMIT)
            .closingTimeout(Duration.ZERO)
            .start();
    if (!host.awaitConnected(Eventually.LIMIT)) {
      throw new IllegalStateException("not connected to FreeSWITCH");
    }
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text);
  }

  InetSocketAddress address() {
    return host.calls();
  }

  boolean isConnected() {
    return host.awaitConnected(Eventually.LIMIT);
  }

  @Override
  public void close() {
    host.close();
  }
}

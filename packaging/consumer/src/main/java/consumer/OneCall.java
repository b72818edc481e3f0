package consumer;

import dev.callflow.api.Api;
import dev.callflow.api.http.HttpServer;
import dev.callflow.api.smtp.MailServer;
import dev.callflow.api.smtp.MailedInvitations;
import dev.callflow.core.CallflowVersion;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.store.JdbcStore;
import dev.callflow.store.StoreOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/**
 * Takes one call of a simulated FreeSWITCH into a conference, on native sockets, and serves the
 * API.
 */
public final class OneCall {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final AccountId ACCOUNT = new AccountId("acme");

  private OneCall() {}

  public static void main(String[] arguments) throws Exception {
    TimeSource time = TimeSource.system();
    try (JdbcStore store = JdbcStore.open(StoreOptions.of("jdbc:h2:mem:calls"), time);
        SimulatedFreeSwitch freeSwitch =
            SimulatedFreeSwitch.builder().password("secret").mediaScale(0.05).start();
        Callflow host =
            Callflow.builder()
                .documents(store)
                .defaultAccount(ACCOUNT)
                .freeSwitch(freeSwitch.esl(), "secret", options -> {})
                .listen("127.0.0.1:0")
                .closingTimeout(Duration.ZERO)
                .start();
        MailedInvitations invitations =
            MailedInvitations.builder(
                    MailServer.of("smtp://127.0.0.1:25"), "noreply@example.com", time)
                .build();
        HttpServer server =
            HttpServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                Api.builder(store, host.conferences(), time).invitations(invitations).build())) {
      store.account(ACCOUNT, Json.object());
      store.create(
          ACCOUNT,
          DocumentType.CALLFLOW,
          "room",
          Json.readObject(
              """
              {"numbers": ["5000"],
               "flow": {"module": "conference",
                        "data": {"config": {"name": "Board", "member": {"pins": ["4829"]}}}}}
              """));
      check("the host is connected", host.awaitConnected(TIMEOUT));
      freeSwitch.handCallsTo(host.calls());

      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
      check("Alice hears the prompt", alice.awaitHeard("conf-enter_conf_pin", 1, TIMEOUT));
      alice.press("4829#");
      check("Alice is in the conference", alice.awaitJoined(TIMEOUT));
      alice.hangUp();
      check("Alice's call ends", alice.awaitEnded(TIMEOUT));

      String openApi = get(server, "/openapi");
      check("the API has the version", openApi.contains('"' + CallflowVersion.current() + '"'));
      check("the page is served", get(server, "/openapi/").contains("swagger-ui.css"));
      boolean epoll =
          Thread.getAllStackTraces().values().stream()
              .flatMap(Arrays::stream)
              .anyMatch(frame -> frame.getClassName().startsWith("io.netty.channel.epoll"));
      check("the sockets are native", epoll);
      System.out.println("Callflow " + CallflowVersion.current() + " took a call");
    }
  }

  private static String get(HttpServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new IllegalStateException("this does not hold: " + what);
    }
  }
}

package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.NettyInboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import org.freeswitch.esl.client.IEslEventListener;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.transport.event.EslEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * Tests {@code ./callflow simulate} with commands at its prompt, and with the two third-party
 * event-socket clients on Maven Central.
 */
@Timeout(300)
class SimulateIT {

  private static final Pattern LISTENS = Pattern.compile("listening at 127\\.0\\.0\\.1:(\\d+)");

  private final StringWriter out = new StringWriter();
  private final InputStream before = System.in;
  private PrintWriter prompt;
  private Thread simulator;
  private int port;

  @BeforeEach
  void start() throws IOException {
    PipedOutputStream typed = new PipedOutputStream();
    System.setIn(new PipedInputStream(typed));
    prompt = new PrintWriter(typed, true, StandardCharsets.UTF_8);
    PrintWriter writer = new PrintWriter(out);
    simulator =
        Thread.ofPlatform()
            .start(() ->
                new CommandLine(new Main())
                    .setOut(writer)
                    .setErr(writer)
                    .execute("simulate", "--esl", "127.0.0.1:0"));
    prints("listening at");
    Matcher found = LISTENS.matcher(out.toString());
    assertThat(found.find()).isTrue();
    port = Integer.parseInt(found.group(1));
  }

  @AfterEach
  void quit() throws InterruptedException {
    prompt.println("quit");
    simulator.join(Eventually.LIMIT);
    System.setIn(before);
    assertThat(simulator.isAlive()).isFalse();
  }

  private void prints(String text) {
    Eventually.passes(() -> assertThat(out.toString()).contains(text));
  }

  @Test
  void callsArePlacedAndControlledFromThePrompt() {
    prompt.println("call 1001 conference:lobby Alice");
    prints("1 joins lobby");
    prompt.println("press 1 *1");
    prompt.println("api conference lobby lock");
    prints("+OK lobby locked");
    prompt.println("rooms");
    prints("lobby: 1, locked");
    prints("  1 Alice <1001>");
    prompt.println("hangup 1");
    prints("1 has ended: NORMAL_CLEARING");
    prompt.println("dance");
    prints("unknown command 'dance'");
  }

  @Test
  void freeSwitchIsShutDownAndStartedFromThePrompt() {
    prompt.println("call 1001 conference:lobby Alice");
    prints("1 joins lobby");
    prompt.println("shutdown");
    prints("1 has ended: SYSTEM_SHUTDOWN");
    Eventually.passes(() -> {
      prompt.println("start");
      prompt.println("call 1002 conference:hall Bob");
      assertThat(out.toString()).contains("joins hall");
    });
  }

  @Test
  void theOldestClientPlacesACallAndFollowsARoom() throws Exception {
    BlockingQueue<EslEvent> events = new LinkedBlockingQueue<>();
    Client client = new Client();
    client.addEventListener(
        new IEslEventListener() {
          @Override
          public void eventReceived(EslEvent event) {
            events.add(event);
          }

          @Override
          public void backgroundJobResultReceived(EslEvent event) {}
        });
    client.connect("127.0.0.1", port, "ClueCon", 5);
    client.setEventSubscriptions("plain", "CUSTOM conference::maintenance");

    prompt.println("call 1001 conference:lobby Alice");
    EslEvent event = Eventually.next("an event", events);
    while (event != null && !"add-member".equals(event.getEventHeaders().get("Action"))) {
      event = Eventually.next("an event", events);
    }
    assertThat(event).isNotNull();
    assertThat(event.getEventHeaders())
        .containsEntry("Caller-Caller-ID-Name", "Alice")
        .containsEntry("Conference-Name", "lobby");

    assertThat(
            client
                .sendSyncApiCommand("originate", "loopback/conference:lobby/default &park()")
                .getBodyLines())
        .first()
        .asString()
        .startsWith("+OK ");
    prints("lobby");
    prompt.println("rooms");
    prints("lobby: 2");
    client.close();
  }

  @Test
  void theNewestClientMutesACallerFromThePrompt() {
    ServerOption server = new ServerOption("127.0.0.1", port).password("ClueCon");
    InboundClient client =
        new NettyInboundClient(new InboundClientOption().addServerOption(server));
    client.start();
    try {
      prompt.println("call 1001 conference:lobby Alice");
      prints("1 joins lobby");
      awaitLogin(client, server.addr());

      assertThat(
              client.sendSyncApiCommand(server.addr(), "conference", "lobby mute 1").getBodyLines())
          .contains("+OK mute 1");
      prompt.println("rooms");
      prints("Alice <1001>, muted");
    } finally {
      client.shutdown();
    }
  }

  /** Retries, because the client does not report its login and throws if it is used too early. */
  private static void awaitLogin(InboundClient client, String address) {
    Eventually.passes(() -> {
      try {
        client.sendSyncApiCommand(address, "status", "");
      } catch (RuntimeException e) {
        throw new AssertionError(e);
      }
    });
  }
}

package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.ports.ReservedPort;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.freeswitch.esl.client.IEslEventListener;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.inbound.InboundConnectionFailure;
import org.freeswitch.esl.client.outbound.AbstractOutboundClientHandler;
import org.freeswitch.esl.client.outbound.AbstractOutboundPipelineFactory;
import org.freeswitch.esl.client.outbound.SocketClient;
import org.freeswitch.esl.client.transport.SendMsg;
import org.freeswitch.esl.client.transport.event.EslEvent;
import org.jboss.netty.channel.Channel;
import org.jboss.netty.channel.ChannelHandlerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests the simulated FreeSWITCH with an independent client: {@code org.freeswitch.esl.client},
 * which has been in use since 2010.
 */
@Timeout(300)
class OldestClientIT {

  private final BlockingQueue<EslEvent> events = new LinkedBlockingQueue<>();
  private final List<EslEvent> others = new ArrayList<>();
  private final BlockingQueue<EslEvent> jobs = new LinkedBlockingQueue<>();
  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
  }

  private Client client() throws InboundConnectionFailure {
    Client client = new Client();
    client.addEventListener(
        new IEslEventListener() {
          @Override
          public void eventReceived(EslEvent event) {
            events.add(event);
          }

          @Override
          public void backgroundJobResultReceived(EslEvent event) {
            jobs.add(event);
          }
        });
    client.connect("127.0.0.1", freeSwitch.esl().getPort(), "ClueCon", 5);
    return client;
  }

  @Test
  void itLogsInAndRunsCommands() throws Exception {
    Client client = client();

    assertThat(client.sendSyncApiCommand("uuid_exists", "nobody").getBodyLines())
        .containsExactly("false");
    assertThat(client.sendSyncApiCommand("status", "").getBodyLines())
        .first()
        .asString()
        .startsWith("UP ");

    assertThat(client.close().isOk()).isTrue();
  }

  @Test
  void itIsRejectedWithAWrongPassword() {
    assertThatThrownBy(
            () -> new Client().connect("127.0.0.1", freeSwitch.esl().getPort(), "wrong", 1))
        .isInstanceOf(InboundConnectionFailure.class);
  }

  @Test
  void itReceivesTheResultOfABackgroundJob() throws Exception {
    Client client = client();
    client.setEventSubscriptions("plain", "BACKGROUND_JOB");

    String job = client.sendAsyncApiCommand("conference", "list");

    EslEvent result = Eventually.next("the result of the job", jobs);
    assertThat(result.getEventHeaders()).containsEntry("Job-UUID", job);
    assertThat(result.getEventBodyLines()).containsExactly("+OK No active conferences.");
    client.close();
  }

  @Test
  void itReceivesTheEventsOfACall() throws Exception {
    Client client = client();
    client.setEventSubscriptions("plain", "CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE");

    SimulatedCaller alice = freeSwitch.call("1001", "Alice Ä", "park");
    alice.hangUp();

    assertThat(event("CHANNEL_CREATE").getEventHeaders())
        .containsEntry("Unique-ID", alice.uuid())
        .containsEntry("Caller-Caller-ID-Name", "Alice Ä");
    event("CHANNEL_ANSWER");
    assertThat(event("CHANNEL_HANGUP_COMPLETE").getEventHeaders())
        .containsEntry("Hangup-Cause", "NORMAL_CLEARING");
    client.close();
  }

  @Test
  void itsServerAnswersACallPlaysAndHangsUp() throws Exception {
    BlockingQueue<Handler> calls = new LinkedBlockingQueue<>();
    // The client's server does not reveal a port that it has chosen itself.
    ReservedPort port = new ReservedPort();
    SocketClient server =
        new SocketClient(
            port.number(),
            new AbstractOutboundPipelineFactory() {
              @Override
              protected AbstractOutboundClientHandler makeHandler() {
                return new Handler(calls, events);
              }
            });
    server.start();
    try {
      freeSwitch.handCallsTo(new InetSocketAddress("127.0.0.1", port.number()));
      SimulatedCaller alice = freeSwitch.call("1001", "Alice", "2000");

      Handler call = Eventually.next("a call", calls);
      assertThat(call.data.getEventHeaders())
          .containsEntry("Caller-Destination-Number", "2000")
          .containsEntry("Unique-ID", alice.uuid());
      assertThat(call.sendSyncSingleLineCommand(call.channel, "myevents").getContentType())
          .isEqualTo("command/reply");

      call.execute("answer", "");
      assertThat(event("CHANNEL_EXECUTE_COMPLETE").getEventHeaders())
          .containsEntry("Application", "answer")
          .containsEntry("Answer-State", "answered");
      call.execute("playback", "ivr/ivr-welcome.wav");
      assertThat(event("CHANNEL_EXECUTE_COMPLETE").getEventHeaders())
          .containsEntry("Application", "playback")
          .containsEntry("Application-Response", "FILE PLAYED");
      call.execute("hangup", "USER_BUSY");

      Eventually.holds("alice's call ends", () -> alice.awaitEnded(Duration.ZERO), alice::heard);
      assertThat(alice.cause()).contains("USER_BUSY");
      assertThat(alice.heard()).isEqualTo(List.of("ivr/ivr-welcome.wav"));
    } finally {
      server.stop();
      port.close();
    }
  }

  /**
   * Waits for an event with the given name. The client delivers events on several threads, in no
   * particular order.
   */
  private EslEvent event(String name) throws InterruptedException {
    for (EslEvent event : others) {
      if (event.getEventName().equals(name)) {
        others.remove(event);
        return event;
      }
    }
    EslEvent event = Eventually.next("an event", events);
    assertThat(event).as(name).isNotNull();
    others.add(event);
    return event(name);
  }

  private static final class Handler extends AbstractOutboundClientHandler {

    private final BlockingQueue<Handler> calls;
    private final BlockingQueue<EslEvent> events;
    private volatile EslEvent data;
    private volatile Channel channel;

    Handler(BlockingQueue<Handler> calls, BlockingQueue<EslEvent> events) {
      this.calls = calls;
      this.events = events;
    }

    @Override
    protected void handleConnectResponse(ChannelHandlerContext context, EslEvent event) {
      data = event;
      channel = context.getChannel();
      calls.add(this);
    }

    @Override
    protected void handleEslEvent(ChannelHandlerContext context, EslEvent event) {
      events.add(event);
    }

    void execute(String application, String argument) {
      SendMsg message = new SendMsg();
      message.addCallCommand("execute");
      message.addExecuteAppName(application);
      message.addExecuteAppArg(argument);
      sendSyncMultiLineCommand(channel, message.getMsgLines());
    }
  }
}

package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import link.thingscloud.freeswitch.esl.IEslEventListener;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.NettyInboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests the simulated FreeSWITCH with an independent client: thingscloud's {@code freeswitch-esl},
 * the newest Java client on Maven Central. The client has no server for outbound connections.
 */
@Timeout(300)
class NewestClientIT {

  private final BlockingQueue<EslEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<EslEvent> jobs = new LinkedBlockingQueue<>();
  private SimulatedFreeSwitch freeSwitch;
  private InboundClient client;
  private String address;

  @BeforeEach
  void start() throws Exception {
    freeSwitch = SimulatedFreeSwitch.builder().password("secret").start();
    ServerOption server =
        new ServerOption("127.0.0.1", freeSwitch.esl().getPort()).password("secret");
    address = server.addr();
    client =
        new NettyInboundClient(
            new InboundClientOption()
                .addServerOption(server)
                .addEvents("BACKGROUND_JOB", "CHANNEL_CREATE", "CHANNEL_HANGUP_COMPLETE")
                .addListener(
                    new IEslEventListener() {
                      @Override
                      public void eventReceived(String from, EslEvent event) {
                        events.add(event);
                      }

                      @Override
                      public void backgroundJobResultReceived(String from, EslEvent event) {
                        jobs.add(event);
                      }
                    }));
    client.start();
    // The client does not signal that it has subscribed, so wait until a call's event arrives.
    EslEvent first = null;
    while (first == null) {
      freeSwitch.call("1000", "First", "park").hangUp();
      first = events.poll(100, TimeUnit.MILLISECONDS);
    }
  }

  @AfterEach
  void stop() {
    client.shutdown();
    freeSwitch.close();
  }

  @Test
  void itLogsInAndRunsCommands() {
    assertThat(client.sendSyncApiCommand(address, "uuid_exists", "nobody").getBodyLines())
        .containsExactly("false");
  }

  @Test
  void itReceivesTheResultOfABackgroundJob() throws Exception {
    String job = client.sendAsyncApiCommand(address, "conference", "list");

    EslEvent result = Eventually.next("the result of the job", jobs);
    assertThat(result.getEventHeaders()).containsEntry("Job-UUID", job);
    assertThat(result.getEventBodyLines()).containsExactly("+OK No active conferences.");
  }

  @Test
  void itReceivesTheEventsOfACall() throws Exception {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice Ä", "park");
    alice.hangUp();

    assertThat(eventOf(alice.uuid(), "CHANNEL_CREATE").getEventHeaders())
        .containsEntry("Caller-Caller-ID-Number", "1001");
    assertThat(eventOf(alice.uuid(), "CHANNEL_HANGUP_COMPLETE").getEventHeaders())
        .containsEntry("Hangup-Cause", "NORMAL_CLEARING");
  }

  /** Waits for the next event with the given name for the given call; ignores all others. */
  private EslEvent eventOf(String uuid, String name) throws InterruptedException {
    EslEvent event = Eventually.next("an event", events);
    while (event != null
        && !(event.getEventName().equals(name)
            && uuid.equals(event.getEventHeaders().get("Unique-ID")))) {
      event = Eventually.next("an event", events);
    }
    assertThat(event).as(name).isNotNull();
    return event;
  }
}

package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.esl.access.AddressRange;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests which connections a server accepts, and which connection controls a call. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class CallOwnershipIT {

  private final BlockingQueue<EslCall> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private EslServer server(String... allowed) {
    return server(
        PatientOptions.server()
            .allowFrom(List.of(allowed).stream().map(AddressRange::of).toList()));
  }

  private EslServer server(EslServerOptions.Builder options) {
    return new EslServer(
            options.build(),
            call -> {
              calls.add(call);
              return new CallRecorder(call.connection());
            })
        .start();
  }

  private final class CallRecorder implements EslCallListener {

    private final String connection;

    CallRecorder(String connection) {
      this.connection = connection;
    }

    @Override
    public void event(EslEvent event) {
      received.add(connection + " " + event.name());
    }

    @Override
    public void ended(EslCallEnd end) {
      received.add(connection + " ended");
    }
  }

  private static ScriptedPeer claim(EslServer server, String uuid) throws IOException {
    return claim(server, uuid, "");
  }

  /**
   * Connects and claims a call.
   *
   * @param headers additional headers for the channel's data, each ending with a line feed
   */
  private static ScriptedPeer claim(EslServer server, String uuid, String headers)
      throws IOException {
    ScriptedPeer peer = ScriptedPeer.connect(server.address());
    peer.expect("connect")
        .send(
            "Event-Name: CHANNEL_DATA\nUnique-ID: %s\n%sContent-Type: command/reply\n\n"
                .formatted(uuid, headers));
    peer.expect("linger").reply("+OK will linger");
    peer.expect("myevents").reply("+OK Events Enabled");
    assertThat(peer.command()).startsWith("event plain");
    return peer.reply("+OK event listener enabled plain");
  }

  private EslCall next() throws InterruptedException {
    return Eventually.next("the next call", calls);
  }

  @Test
  void aSecondConnectionDoesNotGetALiveCallAndTheFirstIsUnaffected() throws Exception {
    try (EslServer server = server();
        ScriptedPeer first = claim(server, "call-1")) {
      EslCall call = next();
      try (ScriptedPeer forger = claim(server, "call-1")) {
        assertThat(forger.isClosed()).isTrue();
      }
      assertThat(calls).isEmpty();
      call.execute("answer", "");
      assertThat(first.command()).contains("execute-app-name: answer");
      first.event("Event-Name: CHANNEL_ANSWER\n");
      assertThat(Eventually.next("the next event", received))
          .isEqualTo(call.connection() + " CHANNEL_ANSWER");
      assertThat(received).isEmpty();
    }
  }

  @Test
  void theUuidOfAnEndedCallMayBeUsedAgain() throws Exception {
    try (EslServer server = server(PatientOptions.server().claimTimeout(Eventually.LIMIT))) {
      try (ScriptedPeer first = claim(server, "call-1")) {
        assertThat(next().uuid()).isEqualTo("call-1");
      }
      try (ScriptedPeer second = claim(server, "call-1")) {
        assertThat(next().uuid()).isEqualTo("call-1");
      }
    }
  }

  @Test
  void aTransferredCallMayReturnOnANewConnectionThatTheOldOneDoesNotAffect() throws Exception {
    try (EslServer server = server(PatientOptions.server().claimTimeout(Eventually.LIMIT));
        ScriptedPeer first = claim(server, "call-1")) {
      EslCall old = next();
      // The new connection may open even before the old one reports the transfer.
      try (ScriptedPeer second = claim(server, "call-1")) {
        first.event("Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication: socket\n");
        EslCall back = next();
        first.close();
        String event = Eventually.next("the next event", received);
        while (!(old.connection() + " ended").equals(event)) {
          assertThat(event).as("the connection of the event").startsWith(old.connection());
          event = Eventually.next("the next event", received);
        }
        try (ScriptedPeer forger = claim(server, "call-1");
            ScriptedPeer other = claim(server, "call-2")) {
          assertThat(next().uuid()).as("the next call handed over").isEqualTo("call-2");
        }
        back.execute("answer", "");
        assertThat(second.command()).contains("execute-app-name: answer");
      }
    }
  }

  @Test
  void theLateEndOfAnEarlierSocketApplicationDoesNotReleaseTheCall() throws Exception {
    try (EslServer server = server();
        ScriptedPeer peer = claim(server, "call-1", "Event-Sequence: 200\n")) {
      next();
      peer.event(
          "Event-Name: CHANNEL_EXECUTE_COMPLETE\nApplication: socket\nEvent-Sequence: 199\n");
      peer.event("Event-Name: DTMF\nEvent-Sequence: 201\n");
      assertThat(Eventually.next("the next event", received)).endsWith("DTMF");
      try (ScriptedPeer forger = claim(server, "call-1")) {
        assertThat(forger.isClosed()).isTrue();
      }
    }
  }

  @Test
  void aConnectionThatProvesItsClaimReplacesTheFirst() throws Exception {
    try (EslServer server =
            server(PatientOptions.server().replaces(data -> data.variable("proof").isPresent()));
        ScriptedPeer first = claim(server, "call-1")) {
      EslCall old = next();
      try (ScriptedPeer second = claim(server, "call-1", "variable_proof: x\n")) {
        EslCall back = next();
        assertThat(first.isClosed()).isTrue();
        assertThat(Eventually.next("the next event", received))
            .isEqualTo(old.connection() + " ended");
        back.execute("answer", "");
        assertThat(second.command()).contains("execute-app-name: answer");
      }
    }
  }

  @Test
  void callsWithDifferentUuidsAreIndependent() throws Exception {
    try (EslServer server = server();
        ScriptedPeer first = claim(server, "call-1");
        ScriptedPeer second = claim(server, "call-2")) {
      assertThat(List.of(next().uuid(), next().uuid()))
          .containsExactlyInAnyOrder("call-1", "call-2");
    }
  }

  @Test
  void aChannelWithoutAValidUuidIsRefused() throws Exception {
    try (EslServer server = server()) {
      for (String uuid : List.of("", "a%20b", "a%0Aapi", "%C3%A9", "a".repeat(300))) {
        try (ScriptedPeer peer = ScriptedPeer.connect(server.address())) {
          peer.expect("connect")
              .send(
                  "Event-Name: CHANNEL_DATA\nUnique-ID: %s\nContent-Type: command/reply\n\n"
                      .formatted(uuid));
          peer.expect("linger").expect("myevents");
          assertThat(peer.command()).startsWith("event plain");
          assertThat(peer.isClosed()).as(uuid).isTrue();
        }
      }
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void aConnectionFromAnAddressThatIsNotAllowedReceivesNothing() throws Exception {
    try (EslServer server = server("192.0.2.0/24", "2001:db8::/32")) {
      for (int i = 0; i < 20; i++) {
        try (ScriptedPeer peer = ScriptedPeer.connect(server.address())) {
          assertThat(peer.command()).isEmpty();
        }
      }
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void anAllowedAddressMayHandOverCalls() throws Exception {
    try (EslServer server = server("192.0.2.0/24", "127.0.0.0/8", "::1");
        ScriptedPeer peer = claim(server, "call-1")) {
      assertThat(next().uuid()).isEqualTo("call-1");
    }
  }
}

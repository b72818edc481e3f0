package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests dialling a party into a room: {@code conference ROOM dial} and {@code bgdial}. */
@Timeout(300)
class RoomDialsIT {

  private static final String BOB = "sofia/internal/bob@example.com";

  private SimulatedFreeSwitch freeSwitch;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .extension("500", "conference meet")
            .extension("486", "respond 486 Busy Here", "hangup USER_BUSY")
            .extension("404")
            .start();
    client = RawClient.of(freeSwitch);
    client.ask("event plain CUSTOM conference::maintenance");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    freeSwitch.close();
  }

  private void bob(FarEnd behaviour) {
    freeSwitch.callee("bob@example.com", behaviour);
  }

  private void aliceIsIn() {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "500");
    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
  }

  private String dial(String what) {
    return freeSwitch.api("conference meet dial " + what);
  }

  private static String result(String word) {
    return "+OK Call Requested: result: [" + word + "]\n";
  }

  @Test
  void dialReturnsOnceThePartyHasAnsweredAndJoined() {
    aliceIsIn();
    bob(new FarEnd.Answers(Duration.ofMillis(50)));

    assertThat(dial(BOB)).isEqualTo(result("SUCCESS"));
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(2);
  }

  @Test
  void dialReportsWhyThePartyDidNotAnswer() {
    aliceIsIn();
    bob(new FarEnd.Refuses(new HangupCause("USER_BUSY")));

    assertThat(dial(BOB)).isEqualTo(result("USER_BUSY"));
    assertThat(dial("sofia/internal/nobody@example.com")).isEqualTo(result("NO_ROUTE_DESTINATION"));
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(1);
  }

  @Test
  void dialTimesOut() {
    bob(new FarEnd.NeverAnswers());

    assertThat(dial("{originate_timeout=1}" + BOB)).isEqualTo(result("NO_ANSWER"));
  }

  @Test
  void dialCreatesAMissingRoom() {
    bob(new FarEnd.Answers(Duration.ZERO));

    assertThat(dial(BOB)).isEqualTo(result("SUCCESS"));
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(1);
  }

  @Test
  void thePartySeesTheGivenCallerIdAndJoinsWithTheGivenFlags() {
    bob(new FarEnd.Answers(Duration.ZERO));
    dial("{outcall_flags='mute|moderator'}" + BOB + " 5550100 Office");

    MemberState member = freeSwitch.model().rooms().members("meet").getFirst();
    assertThat(member.muted()).isTrue();
    assertThat(member.moderator()).isTrue();
    assertThat(member.channel().callee().number()).isEqualTo("5550100");
    assertThat(member.channel().callee().name()).isEqualTo("Office");
  }

  /** The far half has no SIP call to which it could respond. */
  @Test
  void theFarHalfOfALoopbackCallDoesNotRespondButHangsUp() throws Exception {
    client.ask("event plain CHANNEL_EXECUTE");

    assertThat(dial("loopback/486/default")).isEqualTo(result("USER_BUSY"));
    assertThat(client.next(2)).containsExactly("CHANNEL_EXECUTE respond", "CHANNEL_EXECUTE hangup");
  }

  @Test
  void aCallToAnUnknownNumberEndsInItsDialplan() throws Exception {
    client.ask("event plain CHANNEL_HANGUP CHANNEL_STATE");
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "404");

    assertThat(alice.awaitEnded(Eventually.LIMIT)).isTrue();
    assertThat(alice.cause()).contains("NO_ROUTE_DESTINATION");
    assertThat(client.next().header("Channel-State")).isEqualTo("CS_INIT");
    assertThat(client.next().header("Channel-State")).isEqualTo("CS_ROUTING");
    RawClient.Frame hangup = client.next();
    assertThat(hangup.summary()).isEqualTo("CHANNEL_HANGUP");
    assertThat(hangup.header("Channel-State")).isEqualTo("CS_ROUTING");
  }

  @Test
  void withoutAPartyDialReturnsItsUsage() {
    assertThat(dial(""))
        .isEqualTo(
            "-ERR Bad Args\n"
                + "dial <endpoint_module_name>/<destination> <callerid number> <callerid name>");
  }

  @Test
  void bgdialReturnsAtOnceAndReportsTheResultInARoomEvent() throws Exception {
    aliceIsIn();
    bob(new FarEnd.Answers(Duration.ofMillis(50)));

    String answer = freeSwitch.api("conference meet bgdial " + BOB);
    RawClient.Frame result = client.until("CUSTOM bgdial-result");

    assertThat(answer).isEqualTo("+OK Job-UUID: " + result.header("Job-UUID") + "\n");
    assertThat(result.header("Result")).isEqualTo("SUCCESS");
    assertThat(client.until("CUSTOM add-member").header("Unique-ID"))
        .isEqualTo(result.header("Peer-UUID"));
  }

  @Test
  void bgdialReportsAFailureWithoutAPeer() throws Exception {
    aliceIsIn();
    bob(new FarEnd.Refuses(new HangupCause("USER_BUSY")));

    freeSwitch.api("conference meet bgdial " + BOB);
    RawClient.Frame result = client.until("CUSTOM bgdial-result");

    assertThat(result.header("Result")).isEqualTo("USER_BUSY");
    assertThat(result.header("Peer-UUID")).isEmpty();
  }

  @Test
  void aFailedBgdialOfAMissingRoomEmitsNoEvent() throws Exception {
    bob(new FarEnd.Refuses(new HangupCause("USER_BUSY")));
    freeSwitch.api("conference meet bgdial " + BOB);
    assertThat(freeSwitch.awaitQuiet(client.sent(), Eventually.LIMIT)).isTrue();
    aliceIsIn();

    assertThat(client.next().summary()).isEqualTo("CUSTOM conference-create");
    assertThat(client.next().summary()).isEqualTo("CUSTOM add-member");
  }
}

package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.Leg;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.esl.error.EslClosedException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Tests dialling. Each test sets FreeSWITCH's answer to {@code originate}; all other commands are
 * accepted.
 */
class FreeSwitchDiallerTests {

  private static final CallId BOB = new CallId("bobs-leg");
  private static final Leg LEG = new NamedLeg(BOB);
  private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("host", 8084);
  private static final FreeSwitchOptions OPTIONS =
      FreeSwitchOptions.builder(ANY, ANY, "secret").controlTimeout(Duration.ofMillis(1)).build();

  private final List<String> requests = new ArrayList<>();
  private Supplier<String> answer = () -> "+OK bobs-leg\n";
  private final FreeSwitchDialler dialler =
      new FreeSwitchDialler(
          this::run,
          OPTIONS,
          new DialStrings(OPTIONS, SwitchText.GUARDED),
          SwitchText.GUARDED,
          TimeSource.system());

  private String run(String command, String arguments, Duration timeout) {
    requests.add(command + " " + arguments + " within " + timeout.toSeconds() + " s");
    return command.equals("originate") ? answer.get() : "+OK\n";
  }

  private DialReply dial() {
    return dialler.dial(
        BOB,
        new DialOrder(
            new RoomId(new AccountId("acme"), "board"),
            new DialTarget.Number("2000"),
            "Board",
            "5551212",
            "",
            Duration.ofSeconds(20),
            Map.of(),
            Optional.empty()));
  }

  @Test
  void anAnsweredLegIsHandedToTheRoomThatDialledIt() {
    answer =
        () -> {
          assertThat(dialler.answered(LEG)).isTrue();
          return "+OK bobs-leg\n";
        };

    assertThat(dial()).isEqualTo(new DialReply.Answered(LEG));
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("originate ")
        .endsWith("within 20 s");
  }

  @Test
  void aFailedCallHasTheCauseFromFreeSwitch() {
    answer = () -> "-ERR USER_BUSY\n";

    assertThat(dial()).isEqualTo(new DialReply.Failed(HangupCause.USER_BUSY));
  }

  @Test
  void anAnsweredLegThatNeverArrivesIsCancelled() {
    assertThat(dial()).isEqualTo(new DialReply.Failed(HangupCause.DESTINATION_OUT_OF_ORDER));
    assertThat(requests).last().asString().startsWith("uuid_kill bobs-leg ORIGINATOR_CANCEL");
  }

  @Test
  void aCallWhoseOutcomeIsUnknownIsCancelled() {
    answer =
        () -> {
          throw new EslClosedException("the connection is closed");
        };

    assertThat(dial()).isEqualTo(new DialReply.Unknown("the switch does not answer"));
    assertThat(requests).last().asString().startsWith("uuid_kill bobs-leg ORIGINATOR_CANCEL");
  }

  @Test
  void aLegThatNoRoomWaitsForIsNotAccepted() {
    dial();

    assertThat(dialler.answered(LEG)).isFalse();
  }

  @Test
  void answeredCallsAreHandedOverToTheActualAddress() {
    dialler.setCallAddress(InetSocketAddress.createUnresolved("host", 9000));

    dial();

    assertThat(requests.getFirst()).contains("&socket(host:9000 async full)");
  }
}

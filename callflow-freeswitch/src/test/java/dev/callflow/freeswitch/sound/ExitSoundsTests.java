package dev.callflow.freeswitch.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitSoundsTests {

  private static final CallId ALICE = new CallId("alice");
  private static final Media LOW = new Media.Stream("tone_stream://low");
  private static final Media HIGH = new Media.Stream("tone_stream://high");

  private final ExitSounds sounds = new ExitSounds();

  @Test
  void theRoomHearsTheSoundOfAMemberWhoHasLeftOnce() {
    sounds.entering(ALICE, Optional.of(LOW));
    assertThat(sounds.event(added())).isEmpty();

    assertThat(sounds.event(removed("1"))).contains(LOW);
    assertThat(sounds.event(removed("1"))).isEmpty();
  }

  @Test
  void anEmptyRoomHearsNothing() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());

    assertThat(sounds.event(removed("0"))).isEmpty();
  }

  @Test
  void aMemberWithoutASoundLeavesInSilence() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.entering(ALICE, Optional.empty());
    sounds.event(added());

    assertThat(sounds.event(removed("1"))).isEmpty();
  }

  @Test
  void aLegThatEndsBeforeTheEventThatItHasLeftIsStillHeardLeaving() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());
    sounds.ended(ALICE);

    assertThat(sounds.event(removed("1"))).contains(LOW);
  }

  @Test
  void aLegThatNeverEnteredIsForgottenWhenItEnds() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.ended(ALICE);
    sounds.event(added());

    assertThat(sounds.event(removed("1"))).isEmpty();
  }

  @Test
  void aLegThatIsOnItsWayToTheNextRoomLeavesTheLastOneWithTheSoundOfThatRoom() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());
    sounds.entering(ALICE, Optional.of(HIGH));

    assertThat(sounds.event(removed("1"))).contains(LOW);
    sounds.event(added());
    assertThat(sounds.event(removed("1"))).contains(HIGH);
  }

  @Test
  void anAdoptedMemberHasTheSoundFromTheVariableOfTheirChannel() {
    sounds.adopted(ALICE, event("Unique-ID: alice", "variable_cf_exit_sound: tone_stream://low"));

    assertThat(sounds.event(removed("1"))).contains(LOW);
  }

  @Test
  void nothingIsPlayedFromTheEventShutdownUntilTheNextConnection() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());
    sounds.event(event("Event-Name: SHUTDOWN", "Event-Info: System Shutting Down"));

    assertThat(sounds.isShuttingDown()).isTrue();
    assertThat(sounds.event(removed("1"))).isEmpty();

    sounds.connected(leg -> true);
    assertThat(sounds.isShuttingDown()).isFalse();
  }

  @Test
  void nothingIsPlayedAfterAHangUpThatAShutdownCaused() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());

    assertThat(sounds.event(removed("1", "Hangup-Cause: SYSTEM_SHUTDOWN"))).isEmpty();
    assertThat(sounds.isShuttingDown()).isTrue();
  }

  @Test
  void aNewConnectionForgetsLegsThatAreGone() {
    sounds.entering(ALICE, Optional.of(LOW));
    sounds.event(added());
    sounds.connected(leg -> false);

    assertThat(sounds.event(removed("1"))).isEmpty();
  }

  @Test
  void theStartOfAnExitSoundIsRecognisedOnce() {
    RoomId board = new RoomId(new AccountId("acme"), "board");
    sounds.starting(board, "tone_stream://low");
    sounds.starting(board, "tone_stream://low");

    assertThat(sounds.started(board, "tone_stream://high")).isFalse();
    assertThat(sounds.started(board, "tone_stream://low")).isTrue();
    assertThat(sounds.started(board, "tone_stream://low")).isTrue();
    assertThat(sounds.started(board, "tone_stream://low")).isFalse();
  }

  private static EslEvent added() {
    return event("Event-Name: CUSTOM", "Action: add-member", "Unique-ID: alice");
  }

  private static EslEvent removed(String size, String... more) {
    return event(
        "Event-Name: CUSTOM",
        "Action: del-member",
        "Unique-ID: alice",
        "Conference-Size: " + size,
        String.join("\n", more));
  }

  private static EslEvent event(String... headers) {
    return EslEvent.of(
        EslEvent.Format.PLAIN,
        (String.join("\n", headers).strip() + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}

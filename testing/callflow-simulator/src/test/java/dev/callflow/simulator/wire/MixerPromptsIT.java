package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.setup.SimRoomProfile;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the prompts that the mixer plays automatically, as configured by its profile. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class MixerPromptsIT {

  private static final String EVENTS = "event plain CUSTOM conference::maintenance";

  private SimulatedFreeSwitch freeSwitch;
  private RawClient observer;

  @BeforeEach
  void start() throws Exception {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .mediaScale(0.02)
            .extension("500", "conference meet@spoken", "park")
            .profile(
                "spoken",
                new SimRoomProfile(
                    Map.ofEntries(
                        Map.entry("enter-sound", "/s/enters.wav"),
                        Map.entry("exit-sound", "/s/leaves.wav"),
                        Map.entry("alone-sound", "/s/alone.wav"),
                        Map.entry("moh-sound", "local_stream://moh"),
                        Map.entry("muted-sound", "/s/muted.wav"),
                        Map.entry("unmuted-sound", "/s/unmuted.wav"),
                        Map.entry("deaf-sound", "/s/deaf.wav"),
                        Map.entry("undeaf-sound", "/s/undeaf.wav"),
                        Map.entry("kicked-sound", "/s/kicked.wav"),
                        Map.entry("locked-sound", "/s/locked.wav"),
                        Map.entry("is-locked-sound", "/s/is-locked.wav"),
                        Map.entry("is-unlocked-sound", "/s/is-unlocked.wav"),
                        Map.entry("max-members", "2"),
                        Map.entry("max-members-sound", "/s/full.wav"))))
            .start();
    observer = RawClient.of(freeSwitch);
    observer.ask(EVENTS);
  }

  @AfterEach
  void stop() throws Exception {
    observer.close();
    freeSwitch.close();
  }

  private SimulatedCaller joins(String name) {
    SimulatedCaller caller = freeSwitch.call("1001", name, "500");
    assertThat(caller.awaitJoined(Eventually.LIMIT)).isTrue();
    return caller;
  }

  /** Waits until a file has been played to the room or to one of its members. */
  private void awaitPlayed(String action, String file) throws Exception {
    RawClient.Frame event = observer.until("CUSTOM " + action);
    while (!event.header("File").equals(file)) {
      assertThat(event).isNotEqualTo(RawClient.Frame.CLOSED);
      event = observer.until("CUSTOM " + action);
    }
  }

  @Test
  void theFirstMemberHearsTheAlonePromptAndMusic() throws Exception {
    joins("Alice");

    awaitPlayed("play-file-done", "/s/alone.wav");
    joins("Bob");
    awaitPlayed("play-file-done", "local_stream://moh");
  }

  @Test
  void theOthersHearJoiningAndLeaving() throws Exception {
    joins("Alice");
    SimulatedCaller bob = joins("Bob");
    awaitPlayed("play-file-done", "/s/enters.wav");
    bob.hangUp();
    awaitPlayed("play-file-done", "/s/leaves.wav");
    awaitPlayed("play-file-done", "/s/alone.wav");
  }

  @Test
  void aMemberHearsAPromptForEachChange() throws Exception {
    joins("Alice");
    for (String command : List.of("mute", "unmute", "deaf", "undeaf")) {
      assertThat(freeSwitch.api("conference meet " + command + " 1"))
          .isEqualTo("+OK " + command + " 1\n");
    }

    awaitPlayed("play-file-member-done", "/s/muted.wav");
    awaitPlayed("play-file-member-done", "/s/unmuted.wav");
    awaitPlayed("play-file-member-done", "/s/deaf.wav");
    awaitPlayed("play-file-member-done", "/s/undeaf.wav");
  }

  @Test
  void aKickedMemberHearsAPromptAfterwards() {
    SimulatedCaller alice = joins("Alice");
    freeSwitch.api("conference meet kick 1");

    Eventually.holds(
        "alice hears /s/kicked.wav",
        () -> alice.awaitHeard("/s/kicked.wav", 1, Duration.ZERO),
        alice::heard);
    assertThat(freeSwitch.rooms()).isEmpty();
  }

  @Test
  void theRoomHearsThatItIsLocked() throws Exception {
    joins("Alice");
    freeSwitch.api("conference meet lock");
    awaitPlayed("play-file-done", "/s/is-locked.wav");
    freeSwitch.api("conference meet unlock");
    awaitPlayed("play-file-done", "/s/is-unlocked.wav");
  }

  @Test
  void aCallerToALockedRoomHearsAPromptAndIsRefused() {
    joins("Alice");
    freeSwitch.api("conference meet lock");
    SimulatedCaller bob = freeSwitch.call("1002", "Bob", "500");

    Eventually.holds(
        "bob hears /s/locked.wav",
        () -> bob.awaitHeard("/s/locked.wav", 1, Duration.ZERO),
        bob::heard);
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(1);
  }

  @Test
  void aCallerToAFullRoomHearsAPromptAndIsRefused() {
    joins("Alice");
    joins("Bob");
    SimulatedCaller carol = freeSwitch.call("1003", "Carol", "500");

    Eventually.holds(
        "carol hears /s/full.wav",
        () -> carol.awaitHeard("/s/full.wav", 1, Duration.ZERO),
        carol::heard);
    assertThat(freeSwitch.rooms().getFirst().size()).isEqualTo(2);
  }
}

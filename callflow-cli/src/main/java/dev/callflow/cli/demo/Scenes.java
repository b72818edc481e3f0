package dev.callflow.cli.demo;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The scenes of the demo. */
final class Scenes {

  /** Reached only if an expectation fails. */
  static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final SimulatedFreeSwitch freeSwitch;
  private final Story story;

  Scenes(SimulatedFreeSwitch freeSwitch, Story story) {
    this.freeSwitch = freeSwitch;
    this.story = story;
  }

  void play() {
    story.scene("A regular participant and a moderator dial the same number; their PINs differ");
    SimulatedCaller alice = calls("1001", "Alice", "5000");
    entersPin(alice, "482913#", 1);
    isIn(alice);
    SimulatedCaller bob = calls("1002", "Bob", "5000");
    entersPin(bob, "739164#", 1);
    isIn(bob);

    story.scene("Three wrong PINs");
    SimulatedCaller mallory = calls("6660000", "Mallory", "5000");
    entersPin(mallory, "0000#", 1);
    entersPin(mallory, "1111#", 2);
    entersPin(mallory, "2222#", 3);
    hasEnded(mallory);

    story.scene("Keys in the conference");
    presses(alice, "*1", "to mute");
    shows("Alice is muted");
    presses(alice, "*1", "to unmute");
    shows("Alice is unmuted");

    story.scene("A conference for two is full; the third caller's callflow continues at \"full\"");
    SimulatedCaller carol = calls("1003", "Carol", "5001");
    isIn(carol);
    SimulatedCaller dave = calls("1004", "Dave", "5001");
    isIn(dave);
    SimulatedCaller erin = calls("1005", "Erin", "5001");
    story.expects(
        erin.awaitHeard("try_again", 1, TIMEOUT), "Erin should hear the prompt to try again later");
    hasEnded(erin);

    story.scene("A conference without a document");
    SimulatedCaller frank = calls("1006", "Frank", "5002");
    isIn(frank);
    SimulatedCaller grace = calls("1007", "Grace", "5002");
    isIn(grace);

    story.scene("Everyone leaves");
    presses(alice, "#", "to leave");
    hasEnded(alice);
    for (SimulatedCaller caller : new SimulatedCaller[] {bob, carol, dave, frank, grace}) {
      story.hangsUp(caller);
      caller.hangUp();
      hasEnded(caller);
    }
    shows("the board conference ends");
    shows("the huddle conference ends");
    shows("the weekly conference ends");
    story.expects(
        within(() -> freeSwitch.rooms().isEmpty()), "all rooms of FreeSWITCH should be closed");
  }

  private SimulatedCaller calls(String from, String name, String to) {
    SimulatedCaller caller = freeSwitch.prepare(from, name, to);
    story.dials(caller, to);
    freeSwitch.place(caller);
    return caller;
  }

  private void entersPin(SimulatedCaller caller, String pin, int time) {
    story.expects(
        caller.awaitHeard("conf-enter_conf_pin", time, TIMEOUT),
        caller.name() + " should hear the PIN prompt");
    shows(caller.name() + " hears conf-enter_conf_pin", time);
    presses(caller, pin, "");
  }

  private void presses(SimulatedCaller caller, String keys, String meaning) {
    story.presses(caller, keys, meaning);
    caller.press(keys);
  }

  private void isIn(SimulatedCaller caller) {
    story.expects(caller.awaitJoined(TIMEOUT), caller.name() + " should be in the conference");
    shows(caller.name() + " joins ");
  }

  private void hasEnded(SimulatedCaller caller) {
    story.expects(caller.awaitEnded(TIMEOUT), caller.name() + "'s call should have ended");
    shows(caller.name() + "'s call ends");
  }

  /** Waits for an event, which another thread prints, so that the lines are in order. */
  private void shows(String event) {
    shows(event, 1);
  }

  private void shows(String event, int times) {
    story.expects(within(() -> story.shown(event) >= times), "the demo should show: " + event);
  }

  private boolean within(BooleanSupplier condition) {
    for (Duration waited = Duration.ZERO;
        !condition.getAsBoolean() && waited.compareTo(TIMEOUT) < 0;
        waited = waited.plus(PAUSE)) {
      freeSwitch.await(PAUSE);
    }
    return condition.getAsBoolean();
  }
}

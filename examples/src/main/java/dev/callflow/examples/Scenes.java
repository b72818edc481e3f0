package dev.callflow.examples;

import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.time.Duration;

/** What the people in the demo do. */
final class Scenes {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final SimulatedFreeSwitch freeSwitch;
  private final Story story;

  Scenes(SimulatedFreeSwitch freeSwitch, Story story) {
    this.freeSwitch = freeSwitch;
    this.story = story;
  }

  void play() {
    story.scene("A member and a moderator: the same number, the PIN tells them apart");
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

    story.scene("Keys in the room");
    presses(alice, "*1", "to mute herself");
    pause();
    presses(alice, "*1", "to be heard again");
    pause();

    story.scene("A room for two, and a third caller: the flow goes on at the branch \"full\"");
    SimulatedCaller carol = calls("1003", "Carol", "5001");
    isIn(carol);
    SimulatedCaller dave = calls("1004", "Dave", "5001");
    isIn(dave);
    SimulatedCaller erin = calls("1005", "Erin", "5001");
    story.expects(
        erin.awaitHeard("try_again", 1, SOON), "Erin should hear that she may try again later");
    hasEnded(erin);

    story.scene("A room without a document");
    SimulatedCaller frank = calls("1006", "Frank", "5002");
    isIn(frank);
    SimulatedCaller grace = calls("1007", "Grace", "5002");
    isIn(grace);

    story.scene("Everybody leaves");
    presses(alice, "#", "to leave");
    hasEnded(alice);
    for (SimulatedCaller caller : new SimulatedCaller[] {bob, carol, dave, frank, grace}) {
      story.hangsUp(caller);
      caller.hangUp();
      hasEnded(caller);
    }
    pause();
    story.expects(freeSwitch.rooms().isEmpty(), "no room should be left");
  }

  private SimulatedCaller calls(String from, String name, String to) {
    SimulatedCaller caller = freeSwitch.prepare(from, name, to);
    story.knows(caller, to);
    freeSwitch.place(caller);
    return caller;
  }

  private void entersPin(SimulatedCaller caller, String pin, int time) {
    story.expects(
        caller.awaitHeard("conf-enter_conf_pin", time, SOON),
        caller.name() + " should be asked for a PIN");
    presses(caller, pin, "");
  }

  private void presses(SimulatedCaller caller, String keys, String meaning) {
    story.presses(caller, keys, meaning);
    caller.press(keys);
  }

  private void isIn(SimulatedCaller caller) {
    story.expects(caller.awaitJoined(SOON), caller.name() + " should be in the room");
    pause();
  }

  private void hasEnded(SimulatedCaller caller) {
    story.expects(caller.awaitEnded(SOON), caller.name() + "'s call should have ended");
    pause();
  }

  /** Long enough for what has happened to be told. */
  private void pause() {
    freeSwitch.await(Duration.ofMillis(150));
  }
}

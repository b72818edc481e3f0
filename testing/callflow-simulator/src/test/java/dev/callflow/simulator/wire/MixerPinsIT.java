package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.network.MemoryNetwork;
import dev.callflow.simulator.network.Network;
import dev.callflow.simulator.time.VirtualTime;
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

/**
 * Tests the PINs that the mixer asks for: the parameters {@code pin} and {@code moderator-pin} of a
 * profile.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class MixerPinsIT {

  private SimulatedFreeSwitch freeSwitch;

  @BeforeEach
  void start() throws Exception {
    start(TimeSource.system(), Network.tcp());
  }

  private void start(TimeSource time, Network network) throws Exception {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .time(time)
            .network(network)
            .mediaScale(0.02)
            .extension("500", "conference meet@pin", "set after=turned-away", "park")
            .extension("501", "set supplied_pin=1234", "conference meet@pin")
            .extension("502", "set conference_enforce_security=false", "conference meet@pin")
            .profile(
                "pin",
                new SimRoomProfile(
                    Map.of(
                        "pin", "1234",
                        "moderator-pin", "4321",
                        "pin-retries", "3",
                        "pin-sound", "which-pin.wav",
                        "bad-pin-sound", "wrong-pin.wav")))
            .start();
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
  }

  private SimulatedCaller calls(String number) {
    return freeSwitch.call("1001", "Alice", number);
  }

  private SimulatedCaller askedForPin() {
    SimulatedCaller alice = calls("500");
    Eventually.holds(
        "alice hears which-pin",
        () -> alice.awaitHeard("which-pin", 1, Duration.ZERO),
        alice::heard);
    return alice;
  }

  private static void press(SimulatedFreeSwitch freeSwitch, SimulatedCaller caller, String keys) {
    keys.chars().forEach(key -> freeSwitch.model().press(caller.uuid(), (char) key));
  }

  private boolean isModerator() {
    List<MemberState> members = freeSwitch.model().rooms().members("meet");
    assertThat(members).hasSize(1);
    return members.getFirst().moderator();
  }

  @Test
  void theMemberPinLetsARegularMemberIn() {
    SimulatedCaller alice = askedForPin();
    press(freeSwitch, alice, "1234");

    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(isModerator()).isFalse();
    assertThat(alice.heard()).containsExactly("which-pin.wav");
  }

  @Test
  void theModeratorPinLetsAModeratorIn() {
    SimulatedCaller alice = askedForPin();
    press(freeSwitch, alice, "4321");

    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(isModerator()).isTrue();
  }

  @Test
  void afterAWrongPinTheMixerAsksAgain() {
    SimulatedCaller alice = askedForPin();
    press(freeSwitch, alice, "99#");
    Eventually.holds(
        "alice hears which-pin",
        () -> alice.awaitHeard("which-pin", 2, Duration.ZERO),
        alice::heard);
    press(freeSwitch, alice, "1234");

    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(alice.heard()).containsExactly("which-pin.wav", "wrong-pin.wav", "which-pin.wav");
  }

  @Test
  void afterThreeWrongPinsTheDialplanContinues() {
    SimulatedCaller alice = askedForPin();
    press(freeSwitch, alice, "9999");
    Eventually.holds(
        "alice hears which-pin",
        () -> alice.awaitHeard("which-pin", 2, Duration.ZERO),
        alice::heard);
    press(freeSwitch, alice, "9999");
    Eventually.holds(
        "alice hears which-pin",
        () -> alice.awaitHeard("which-pin", 3, Duration.ZERO),
        alice::heard);
    press(freeSwitch, alice, "9999");

    Eventually.holds(
        "alice hears wrong-pin",
        () -> alice.awaitHeard("wrong-pin", 3, Duration.ZERO),
        alice::heard);
    awaitVariable(alice, "after", "turned-away");
    assertThat(freeSwitch.rooms()).isEmpty();
  }

  private void awaitVariable(SimulatedCaller caller, String name, String value) {
    Eventually.holds(name + " is " + value, () -> is(caller, name, value));
  }

  private boolean is(SimulatedCaller caller, String name, String value) {
    return freeSwitch.api("uuid_getvar " + caller.uuid() + " " + name).equals(value);
  }

  @Test
  void enteringNothingCountsAsAWrongPin() throws Exception {
    freeSwitch.close();
    VirtualTime time = new VirtualTime();
    start(time, new MemoryNetwork(time));
    SimulatedCaller alice = calls("500");
    time.run(Duration.ofMinutes(5));

    assertThat(alice.heard()).filteredOn(file -> file.contains("wrong-pin")).hasSize(3);
    assertThat(is(alice, "after", "turned-away")).isTrue();
    time.close();
  }

  @Test
  void aPinSuppliedByTheDialplanIsNotAskedFor() {
    SimulatedCaller alice = calls("501");

    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(alice.heard()).isEmpty();
  }

  @Test
  void aLegWithoutEnforcedSecurityNeedsNoPin() {
    SimulatedCaller alice = calls("502");

    assertThat(alice.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(alice.heard()).isEmpty();
  }

  @Test
  void aCommandChangesThePin() {
    assertThat(calls("501").awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(freeSwitch.api("conference meet pin 777"))
        .isEqualTo("+OK Pin for conference meet set: 777\n");
    SimulatedCaller bob = calls("500");
    Eventually.holds(
        "bob hears which-pin", () -> bob.awaitHeard("which-pin", 1, Duration.ZERO), bob::heard);
    press(freeSwitch, bob, "777#");

    assertThat(bob.awaitJoined(Eventually.LIMIT)).isTrue();
  }

  @Test
  void withoutAMemberPinTheModeratorPinIsStillAskedFor() {
    assertThat(calls("501").awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(freeSwitch.api("conference meet nopin"))
        .isEqualTo("+OK Pin for conference meet deleted\n");
    SimulatedCaller bob = calls("500");
    Eventually.holds(
        "bob hears which-pin", () -> bob.awaitHeard("which-pin", 1, Duration.ZERO), bob::heard);
    press(freeSwitch, bob, "4321");

    assertThat(bob.awaitJoined(Eventually.LIMIT)).isTrue();
    assertThat(freeSwitch.model().rooms().members("meet"))
        .extracting(MemberState::moderator)
        .containsExactly(false, true);
  }
}

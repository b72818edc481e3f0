package dev.callflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An application handles all kinds of events, and the compiler checks that none is missing. */
@Execution(ExecutionMode.CONCURRENT)
class EventsOfAnApplicationTests {

  private static String describe(ConferenceEvent event) {
    return switch (event) {
      case ConferenceEvent.Started started -> started.conference() + " starts";
      case ConferenceEvent.Ended ended -> ended.conference() + " ends";
      case ConferenceEvent.Locked locked -> "locked";
      case ConferenceEvent.Unlocked unlocked -> "unlocked";
      case ConferenceEvent.MemberJoined joined ->
          joined.participant().callerNumber() + " joins " + joined.conference();
      case ConferenceEvent.MemberLeft left -> left.participant().callerNumber() + " leaves";
      case ConferenceEvent.TalkingStarted talks -> "talks";
      case ConferenceEvent.TalkingStopped silent -> "is silent";
      case ConferenceEvent.MemberMuted muted -> "is muted";
      case ConferenceEvent.MemberUnmuted unmuted -> "is unmuted";
      case ConferenceEvent.MemberDeafened deaf -> "is deaf";
      case ConferenceEvent.MemberUndeafened hears -> "hears";
      case ConferenceEvent.EnergyLevelSet set -> "energy " + set.participant().energyLevel();
      case ConferenceEvent.TalkVolumeSet set -> "volume " + set.participant().talkVolume();
      case ConferenceEvent.ListenVolumeSet set -> "volume " + set.participant().listenVolume();
      case ConferenceEvent.RoleSet set -> "moderator: " + set.participant().moderator();
      case ConferenceEvent.KeysPressed pressed -> "event " + pressed.data();
      case ConferenceEvent.MemberMoving moving -> "moves to " + moving.to();
      case ConferenceEvent.MediaStarted started -> "plays " + started.media();
      case ConferenceEvent.RecordingStarted started -> "failed: " + started.failed();
      case ConferenceEvent.RecordingStopped stopped -> "recorded " + stopped.duration();
      case ConferenceEvent.DialProgress dial -> dial.leg().endpoint() + " " + dial.status();
      case ConferenceEvent.MaxParticipantsSet set -> "at most " + set.maxParticipants();
      case ConferenceEvent.NumberBanned banned -> banned.callerNumber();
      case ConferenceEvent.NumberUnbanned unbanned -> unbanned.callerNumber();
      case ConferenceEvent.VariablesSet set -> "variables";
      case ConferenceEvent.WaitingStarted waits -> waits.caller().callerName() + " waits";
      case ConferenceEvent.WaitingEnded ended -> "no longer waits: " + ended.reason();
      case ConferenceEvent.CallerRefused refused -> "refused: " + refused.reason();
      case ConferenceEvent.PinAttack attack -> "wrong PINs";
      case ConferenceEvent.StateChanged changed -> "known: " + changed.known();
      case ConferenceEvent.Repaired repaired -> "missed: " + repaired.missed();
      case ConferenceEvent.AccountLimitUsed used -> used.use().limit().words();
    };
  }

  @Test
  void anApplicationHandlesEachKindOfEvent() throws IOException {
    List<String> events = new CopyOnWriteArrayList<>();
    try (HostBed bed = new HostBed()) {
      bed.start(bed.builder()).conferences().onEvent(event -> events.add(describe(event)));
      SimulatedCaller alice = bed.call("1001", "2000");
      alice.hangUp();
      bed.pass(1);
    }

    assertThat(events)
        .containsExactly("board starts", "1001 joins board", "1001 leaves", "board ends");
  }
}

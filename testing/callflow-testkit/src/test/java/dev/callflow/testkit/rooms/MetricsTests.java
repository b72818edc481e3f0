package dev.callflow.testkit.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.RepairCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MetricsTests {

  /** Sums up what is told. */
  private static final class Counted implements ConferenceMetrics {
    int rooms;
    int participants;
    int seats;
    final List<String> told = new ArrayList<>();

    @Override
    public void rooms(int change) {
      rooms += change;
    }

    @Override
    public void participants(int change) {
      participants += change;
    }

    @Override
    public void seats(int change) {
      seats += change;
    }

    @Override
    public void refused(ConferenceOutcome reason) {
      told.add("refused " + reason);
    }

    @Override
    public void joined(Duration took) {
      told.add("joined");
    }

    @Override
    public void commanded(String command, CommandResult result, Duration took) {
      told.add(command + " " + result);
    }

    @Override
    public void repaired(RepairCause cause) {
      told.add("repaired " + cause);
    }

    @Override
    public void recording(Recording what) {
      told.add("recording " + what);
    }
  }

  private final Counted counted = new Counted();
  private final LiveRooms rooms = new LiveRooms(counted);

  @Test
  void roomsParticipantsAndSeatsAreCountedAndComeBackToNothing() throws Exception {
    rooms.run(() -> {
      // Whoever misses a room's beginning must not miss it in its end.
      rooms.link.passes = event -> !(event instanceof MixerEvent.Created);
      rooms.call("alice");
      rooms.call("bob");
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(List.of(counted.rooms, counted.participants, counted.seats))
          .containsExactly(1, 2, 2);
      rooms.hangUp("alice");
      rooms.hangUp("bob");
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(List.of(counted.rooms, counted.participants, counted.seats))
          .containsExactly(0, 0, 0);
    });
  }

  @Test
  void joinsRefusalsCommandsRepairsAndRecordingsAreTold() throws Exception {
    rooms.run(() -> {
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      rooms.red().perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(1)));
      rooms.call("bob");
      rooms.sleep(Duration.ofSeconds(1));
      rooms.red().perform(new ConferenceAction.Record(true));
      rooms.link.passes = event -> !(event instanceof MixerEvent.Changed);
      rooms.link.answers = reply -> new MixerReply.Unknown("no answer");
      rooms.red().perform(new ConferenceAction.Mute("alice", true));
      assertThat(counted.told)
          .containsExactly(
              "joined",
              "MaxMembers DONE",
              "refused FULL",
              "StartRecording DONE",
              "recording STARTED",
              "Mute UNKNOWN",
              "repaired MISSED_FLAG");
    });
  }
}

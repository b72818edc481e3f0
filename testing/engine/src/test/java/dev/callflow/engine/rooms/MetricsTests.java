package dev.callflow.engine.rooms;

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

  /** Adds up the reported changes. */
  private static final class Counted implements ConferenceMetrics {
    int rooms;
    int participants;
    int seats;
    final List<String> reported = new ArrayList<>();

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
      reported.add("refused " + reason);
    }

    @Override
    public void joined(Duration took) {
      reported.add("joined");
    }

    @Override
    public void commanded(String command, CommandResult result, Duration took) {
      reported.add(command + " " + result);
    }

    @Override
    public void repaired(RepairCause cause) {
      reported.add("repaired " + cause);
    }

    @Override
    public void recording(Recording change) {
      reported.add("recording " + change);
    }
  }

  private final Counted counted = new Counted();
  private final LiveRooms rooms = new LiveRooms(counted);

  @Test
  void roomsParticipantsAndSeatsAreCountedAndReturnToZero() throws Exception {
    rooms.run(() -> {
      // The room must be counted even though its Created event is lost.
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
  void joinsRefusalsCommandsRepairsAndRecordingsAreReported() throws Exception {
    rooms.run(() -> {
      rooms.call("alice");
      rooms.sleep(Duration.ofSeconds(1));
      rooms.red().perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(1)));
      rooms.call("bob");
      rooms.sleep(Duration.ofSeconds(1));
      rooms.red().perform(new ConferenceAction.Record(true));
      rooms.sleep(Duration.ofSeconds(1));
      rooms.link.passes = event -> !(event instanceof MixerEvent.Changed);
      rooms.link.replies = reply -> new MixerReply.Unknown("no answer");
      rooms.red().perform(new ConferenceAction.Mute("alice", true));
      rooms.sleep(Duration.ofSeconds(1));
      assertThat(counted.reported)
          .containsExactly(
              "joined",
              "MaxMembers DONE",
              // The limit is kept with the room, for a host that restarts.
              "SetVariables DONE",
              "refused FULL",
              "StartRecording DONE",
              "recording STARTED",
              "Mute UNKNOWN",
              "repaired MISSED_FLAG");
    });
  }
}

package dev.callflow.conference.control;

import static dev.callflow.conference.room.Sample.INSTANCE;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.removed;
import static dev.callflow.conference.room.Sample.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.Media;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A command counts as done when the mixer shows its effect. */
@Execution(ExecutionMode.CONCURRENT)
class OrdersTests {

  private static final Member ALICE = member("alice", 1);
  private static final Member BOB = member("bob", 2);
  private static final MixerCommand MUTE_ALICE = new MixerCommand.Mute(call("alice"), true);
  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final ScriptedMixer mixer = new ScriptedMixer();
  private final Rooms rooms =
      new Rooms(
          mixer,
          TimeSource.system(),
          RoomOptions.of(Duration.ofMinutes(1)),
          new RecordingNames(new Random(1)),
          new NoListener());
  private final Orders orders = new Orders(mixer, rooms);

  OrdersTests() {
    mixer.emit(created(), added(ALICE), added(BOB));
    mixer.shows(shown(ALICE, BOB));
  }

  private static ActionResult refused(Reason reason, String subject, String message) {
    return new ActionResult.Refused(reason, subject, "", message);
  }

  @Test
  void aCommandIsDoneWhenItsEventArrives() {
    mixer.answer(new MixerReply.Done(), changed(MixerEvent.Change.MUTED, ALICE));
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice")).isEqualTo(DONE);
    assertThat(mixer.commands()).containsExactly(MUTE_ALICE);
  }

  @Test
  void withoutAnEventTheSnapshotConfirmsTheCommand() {
    mixer.shows(shown(ALICE.with(Member.Flag.MUTED, true), BOB));
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice")).isEqualTo(DONE);
  }

  @Test
  void withoutAnEventOrASnapshotTheResultIsUnknown() {
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice"))
        .isEqualTo(new ActionResult.Unknown("the action had no visible effect in the mixer"));
  }

  @Test
  void aCommandWithoutAReplyIsDoneIfItsEventArrives() {
    mixer.answer(new MixerReply.Unknown("link is down"), changed(MixerEvent.Change.MUTED, ALICE));
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice")).isEqualTo(DONE);
  }

  @Test
  void aRefusalOmitsTheMixersMessage() {
    mixer.answer(new MixerReply.Refused("/secret/file is missing"));
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice"))
        .isEqualTo(refused(Reason.BY_MIXER, "", "the mixer refused the action"));
    assertThat(orders.give(ROOM, new MixerCommand.Play(new Media.Stored("a", "b")), ""))
        .isEqualTo(refused(Reason.BY_MIXER, "", "the media cannot be played"));
  }

  @Test
  void aCommandForAParticipantWhoHasLeftIsRefused() {
    mixer.answer(new MixerReply.NotThere());
    assertThat(orders.give(ROOM, MUTE_ALICE, "alice"))
        .isEqualTo(refused(Reason.UNKNOWN_PARTICIPANT, "alice", "the participant has left"));
    assertThat(orders.give(ROOM, new MixerCommand.Lock(true), ""))
        .isEqualTo(refused(Reason.UNKNOWN_CONFERENCE, "board", "the conference has ended"));
  }

  @Test
  void aKickIsDoneIfTheParticipantHasJustLeft() {
    mixer.answer(command -> {
      mixer.emit(removed(ALICE));
      // This query is answered after the room has processed the event.
      rooms.snapshot(ROOM);
      return new MixerReply.NotThere();
    });
    assertThat(orders.give(ROOM, new MixerCommand.Kick(call("alice")), "alice")).isEqualTo(DONE);
  }

  @Test
  void theReplyDecidesIfNothingShowsTheEffect() {
    assertThat(orders.give(ROOM, new MixerCommand.StopPlaying(), "")).isEqualTo(DONE);
    mixer.answer(new MixerReply.Unknown("link is down"));
    assertThat(orders.give(ROOM, new MixerCommand.StopPlaying(), ""))
        .isEqualTo(new ActionResult.Unknown("link is down"));
  }

  @Test
  void aRecordingThatCannotStartIsRefused() {
    mixer.answer(new MixerReply.Done(), new MixerEvent.RecordingStarted(ROOM, INSTANCE, "a", true));
    assertThat(orders.give(ROOM, new MixerCommand.StartRecording("a"), ""))
        .isEqualTo(refused(Reason.BY_MIXER, "", "the mixer reported a failure"));
  }

  @Test
  void noFurtherCommandsAreSentToAMixerThatDoesNotReply() {
    mixer.answer(new MixerReply.Unknown("link is down"));
    List<ActionResult> results =
        orders.give(
            ROOM,
            List.of(
                new MixerCommand.StopPlaying(),
                new MixerCommand.StopPlaying(),
                new MixerCommand.StopPlaying()));
    assertThat(mixer.commands()).hasSize(1);
    assertThat(results)
        .containsExactly(
            new ActionResult.Unknown("link is down"),
            new ActionResult.Unknown("not sent because the mixer is not responding"),
            new ActionResult.Unknown("not sent because the mixer is not responding"));
  }

  @Test
  void endingARoomWaitsForTheEnd() {
    assertThat(orders.begin(ROOM, new Condition.Ended(), () -> mixer.emit(destroyed())))
        .isEqualTo(DONE);
  }

  @Test
  void endingARoomIsConfirmedWithoutAnEvent() {
    assertThat(
            orders.begin(
                ROOM, new Condition.Ended(), () -> mixer.shows(new SnapshotReply.NoSuchRoom())))
        .isEqualTo(DONE);
  }
}

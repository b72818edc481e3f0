package dev.callflow.conference.room;

import static dev.callflow.conference.room.Caller.caller;
import static dev.callflow.conference.room.Sample.OPEN;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.recordFrom;
import static dev.callflow.conference.room.Sample.removed;
import static dev.callflow.conference.room.Sample.requireModerator;
import static dev.callflow.conference.room.Sample.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How rooms open, react to the mixer, and close. */
class RoomsTests {

  private static final Member ALICE = member("alice", 1);

  private final ScriptedMixer mixer = new ScriptedMixer();
  private final Watch watch = new Watch();
  private final Rooms rooms =
      new Rooms(
          mixer,
          TimeSource.system(),
          RoomOptions.of(Duration.ofMinutes(1)),
          new RecordingNames(new Random(1)),
          watch);

  /** A listener that puts what it receives into queues, so that a test can wait for it. */
  private static final class Watch implements RoomListener {
    final BlockingQueue<RoomEvent> events = new LinkedBlockingQueue<>();
    final BlockingQueue<RoomId> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<RoomId> closed = new LinkedBlockingQueue<>();

    @Override
    public void opening(RoomId room) {
      opened.add(room);
    }

    @Override
    public void onEvent(RoomEvent event) {
      events.add(event);
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return Optional.of(OPEN);
    }

    @Override
    public void closed(RoomId room) {
      closed.add(room);
    }

    @Override
    public void seats(int change) {}
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(item).as("the next item in the queue").isNotNull();
    return item;
  }

  private MixerEvent.InRoom nextHappened() throws InterruptedException {
    return ((RoomEvent.Happened) next(watch.events)).event();
  }

  private MixerCommand nextCommand(BlockingQueue<MixerCommand> commands)
      throws InterruptedException {
    return next(commands);
  }

  private BlockingQueue<MixerCommand> commands() {
    BlockingQueue<MixerCommand> commands = new LinkedBlockingQueue<>();
    mixer.answer(command -> {
      commands.add(command);
      return new MixerReply.Done();
    });
    return commands;
  }

  @Test
  void theListenerIsCalledBeforeARoomOpensAndAfterItHasClosed() throws Exception {
    assertThat(rooms.join(ROOM, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Seated());
    assertThat(rooms.join(ROOM, caller("bob").request(OPEN))).isEqualTo(new JoinDecision.Seated());
    assertThat(watch.opened).containsExactly(ROOM);
    assertThat(rooms.ids(ROOM.account())).containsExactly(ROOM);
    assertThat(rooms.ids(new AccountId("another"))).isEmpty();
    assertThat(rooms.contains(ROOM)).isTrue();
    rooms.tell(ROOM, state -> state.leave(call("alice")));
    rooms.tell(ROOM, state -> state.leave(call("bob")));
    assertThat(next(watch.closed)).isEqualTo(ROOM);
    assertThat(rooms.ids(ROOM.account())).isEmpty();
  }

  @Test
  void anUnknownRoomGivesNoAnswers() {
    assertThat(rooms.snapshot(ROOM)).isEmpty();
    assertThat(rooms.member(ROOM, call("alice"))).isEmpty();
    assertThat(rooms.expect(ROOM, new Condition.In(call("alice")))).isEmpty();
    rooms.tell(ROOM, state -> state.leave(call("alice")));
    assertThat(rooms.ids(ROOM.account())).isEmpty();
  }

  @Test
  void aNoticeOfAnUnknownRoomIsPublished() throws Exception {
    rooms.note(ROOM, new Notice.PinAttack());
    assertThat(next(watch.events))
        .isInstanceOfSatisfying(
            RoomEvent.Noted.class,
            noted -> {
              assertThat(noted.room()).isEqualTo(ROOM);
              assertThat(noted.note()).isEqualTo(new Notice.PinAttack());
              assertThat(noted.instance()).isEmpty();
            });
  }

  @Test
  void aFailingTaskDoesNotEndTheRoom() {
    mixer.emit(created(), added(ALICE));
    rooms.tell(
        ROOM,
        state -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(rooms.member(ROOM, call("alice"))).contains(ALICE);
  }

  @Test
  void aRunningRoomIsAdoptedOnItsFirstEvent() throws Exception {
    mixer.shows(shown(ALICE));
    mixer.emit(changed(Change.TALKING, ALICE));
    assertThat(next(watch.events))
        .isInstanceOfSatisfying(
            RoomEvent.Repaired.class,
            repaired -> {
              assertThat(repaired.event()).isEqualTo(added(ALICE));
              assertThat(repaired.cause()).isEqualTo(RepairCause.MISSED_JOIN);
            });
    assertThat(watch.opened).containsExactly(ROOM);
  }

  @Test
  void theEndOfAnUnknownRoomOpensNoRoom() {
    mixer.emit(removed(ALICE), destroyed());
    assertThat(rooms.ids(ROOM.account())).isEmpty();
  }

  @Test
  void aRestartedMixerHasLostItsRooms() throws Exception {
    mixer.emit(created(), added(ALICE), new MixerEvent.Restarted());
    nextHappened();
    nextHappened();
    assertThat(next(watch.events))
        .isInstanceOfSatisfying(
            RoomEvent.Lost.class, lost -> assertThat(lost.event()).isEqualTo(removed(ALICE)));
    assertThat(next(watch.events))
        .isInstanceOfSatisfying(
            RoomEvent.Lost.class, lost -> assertThat(lost.event()).isEqualTo(destroyed()));
    assertThat(next(watch.closed)).isEqualTo(ROOM);
  }

  @Test
  void eventsMissedWhileTheLinkWasDownAreRepaired() throws Exception {
    mixer.emit(created(), added(ALICE));
    nextHappened();
    nextHappened();
    mixer.shows(shown(ALICE, member("bob", 2)));
    mixer.emit(new MixerEvent.LinkLost(), new MixerEvent.LinkRestored());
    assertThat(next(watch.events)).isInstanceOf(RoomEvent.Noted.class);
    assertThat(next(watch.events)).isInstanceOf(RoomEvent.Noted.class);
    assertThat(next(watch.events))
        .isInstanceOfSatisfying(
            RoomEvent.Repaired.class,
            repaired -> assertThat(repaired.event()).isEqualTo(added(member("bob", 2))));
  }

  @Test
  void aRoomWithoutItsModeratorEndsAfterTheGraceTime() throws Exception {
    BlockingQueue<MixerCommand> commands = commands();
    JoinRequest.Rules rules = requireModerator(Duration.ZERO);
    rooms.join(ROOM, caller("boss").moderator().request(rules));
    rooms.tell(ROOM, state -> state.entered(call("boss")));
    rooms.join(ROOM, caller("alice").request(rules));
    rooms.tell(ROOM, state -> state.entered(call("alice")));
    rooms.tell(ROOM, state -> state.leave(call("boss")));
    assertThat(nextCommand(commands)).isEqualTo(new MixerCommand.Kick(call("alice")));
  }

  @Test
  void aRecordingIsNamedAfterItsRoom() throws Exception {
    BlockingQueue<MixerCommand> commands = commands();
    rooms.join(ROOM, caller("alice").request(recordFrom(1)));
    mixer.emit(created(), added(ALICE));
    assertThat(nextCommand(commands))
        .isInstanceOfSatisfying(
            MixerCommand.StartRecording.class,
            start -> assertThat(start.name()).startsWith("board_"));
  }
}

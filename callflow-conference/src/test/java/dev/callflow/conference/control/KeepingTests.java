package dev.callflow.conference.control;

import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.locked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.kept.KeptSettings;
import dev.callflow.conference.limit.RoomLimits;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Settings are stored with the callers outside before an action is acknowledged. */
class KeepingTests {

  private static final ActionResult DONE = new ActionResult.Done(List.of());
  private static final IncomingCall INCOMING =
      new IncomingCall("5000", "1001", "Alice", Optional.empty(), Map.of());

  private final TimeSource time = TimeSource.system();
  private final ScriptedMixer mixer = new ScriptedMixer();
  private final RecordingNames recordings = new RecordingNames(new Random(1));
  private final Rooms rooms =
      new Rooms(mixer, time, RoomOptions.of(Duration.ofMinutes(1)), recordings, new NoListener());
  private final ConferenceWideActions actions = actions();

  private ConferenceWideActions actions() {
    MemoryStore store = new MemoryStore().account(ROOM.account(), Json.object());
    return new ConferenceWideActions(
        rooms,
        new Orders(mixer, rooms),
        new Keeping(mixer, () -> rooms),
        new OperatorMedia(store, MediaGuard.standard(), new RoomDocuments(store)),
        recordings,
        new RoomLimits(Limits.of(store, time, AccountLimits.standard()), store, mixer),
        time);
  }

  private ActionResult perform(ConferenceAction.OfRunning action) {
    return actions.perform(ROOM, rooms.snapshot(ROOM).orElseThrow(), action);
  }

  private Optional<KeptSettings> kept(String caller) {
    return KeptSettings.read(mixer.kept(call(caller)));
  }

  @Test
  void aSettingIsStoredWithEachCallerOutside() {
    rooms.arrive(ROOM, call("alice"), INCOMING);
    rooms.arrive(ROOM, call("bob"), INCOMING);
    assertThat(perform(new ConferenceAction.Ban("1003"))).isEqualTo(DONE);
    assertThat(perform(new ConferenceAction.Lock(true))).isEqualTo(DONE);
    assertThat(perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(7)))).isEqualTo(DONE);
    assertThat(kept("alice").map(KeptSettings::bans)).contains(Set.of("1003"));
    assertThat(kept("alice").map(KeptSettings::locked)).contains(true);
    assertThat(kept("alice").map(KeptSettings::limit)).contains(OptionalInt.of(7));
    assertThat(kept("bob")).isEqualTo(kept("alice"));
  }

  @Test
  void anActionIsRefusedIfItsSettingCannotBeStored() {
    rooms.arrive(ROOM, call("alice"), INCOMING);
    mixer.keeps(new MixerReply.Refused("-ERR"));
    assertThat(perform(new ConferenceAction.Ban("1003")))
        .isInstanceOfSatisfying(
            ActionResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(ActionResult.Reason.BY_MIXER));
    mixer.keeps(new MixerReply.Unknown("no answer"));
    assertThat(perform(new ConferenceAction.Lock(true))).isInstanceOf(ActionResult.Unknown.class);
    mixer.keeps(new MixerReply.NotThere());
    assertThat(perform(new ConferenceAction.Lock(false))).as("has hung up").isEqualTo(DONE);
  }

  /** The command with which the new room gets its limit takes until the unlock has been ordered. */
  @Test
  void anUnlockComesAfterTheSettingsThatTheMixersNewRoomIsBeingGiven() throws Exception {
    CompletableFuture<ActionResult> unlocked = new CompletableFuture<>();
    Thread operator =
        Thread.ofPlatform()
            .unstarted(() -> unlocked.complete(perform(new ConferenceAction.Lock(false))));
    mixer.answer(command -> {
      switch (command) {
        case MixerCommand.MaxMembers max -> {
          operator.start();
          Eventually.holds(
              "the operator waits", () -> operator.getState() == Thread.State.TIMED_WAITING);
        }
        case MixerCommand.Lock(boolean on) -> mixer.emit(locked(on));
        default -> {}
      }
      return new MixerReply.Done();
    });
    rooms.arrive(ROOM, call("alice"), INCOMING);
    assertThat(perform(new ConferenceAction.Lock(true))).isEqualTo(DONE);
    assertThat(perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(7)))).isEqualTo(DONE);
    mixer.emit(created());
    assertThat(Eventually.result("the unlock is done", unlocked)).isEqualTo(DONE);
    List<MixerCommand> commands = mixer.commands();
    assertThat(commands.subList(0, 2))
        .containsExactly(
            new MixerCommand.Lock(true), new MixerCommand.MaxMembers(OptionalInt.of(17)));
    assertThat(commands.indexOf(new MixerCommand.Lock(false)))
        .as("%s", commands)
        .isEqualTo(commands.size() - 2);
    assertThat(rooms.snapshot(ROOM).orElseThrow().locked()).isFalse();
  }
}

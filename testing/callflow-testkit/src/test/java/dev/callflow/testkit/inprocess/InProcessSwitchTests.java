package dev.callflow.testkit.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.MixerSnapshot;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.conference.mixer.SnapshotReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import dev.callflow.core.document.AccountId;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessSwitchTests {

  private static final RoomId ROOM = new RoomId(new AccountId("acme"), "a/b");
  private static final CallId ALICE = new CallId("alice");
  private static final Media SONG = new Media.Prompt("song");

  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model =
      new SimulatedSwitch(
          time,
          SwitchSettings.seeded(
              1,
              file ->
                  file.equals("missing") ? Optional.empty() : Optional.of(Duration.ofSeconds(2))));
  private final InProcessSwitch ports = new InProcessSwitch(model, time);
  private final Mixer mixer = ports.mixer();
  private final Leg leg = arrived();
  private final List<MixerEvent> mixerEvents = new ArrayList<>();

  private Leg arrived() {
    model.arrive(new NewChannel("alice", "1001", "Alice", "5000", "", Map.of()));
    return ports.leg(ALICE);
  }

  @AfterEach
  void endThreads() {
    time.close();
  }

  @Test
  void aPlaybackEndsAsPlayedInterruptedOrMissing() throws InterruptedException {
    PlaybackId played = leg.play(SONG, KeyPolicy.WAIT, false);
    PlaybackId interrupted = leg.play(SONG, KeyPolicy.INTERRUPT, false);
    PlaybackId missing = leg.play(new Media.Prompt("missing"), KeyPolicy.WAIT, false);
    PlaybackId stopped = leg.play(SONG, KeyPolicy.WAIT, true);
    at(3, () -> model.press("alice", '1'));
    at(9, () -> leg.stop(stopped));

    assertThat(events())
        .containsExactly(
            new LegEvent.PlaybackEnded(played, PlayResult.PLAYED),
            new LegEvent.Dtmf('1'),
            new LegEvent.PlaybackEnded(interrupted, PlayResult.INTERRUPTED),
            new LegEvent.PlaybackEnded(missing, PlayResult.MISSING),
            new LegEvent.PlaybackEnded(stopped, PlayResult.INTERRUPTED));
  }

  @Test
  void hangingUpIsTheLastEvent() throws InterruptedException {
    leg.answer();
    at(1, () -> leg.hangup(HangupCause.USER_BUSY));

    assertThat(events())
        .containsExactly(new LegEvent.HungUp(EndedBy.ENGINE, HangupCause.USER_BUSY));
  }

  @Test
  void aRecordingWithoutSpeechIsEmpty() throws InterruptedException {
    leg.record("silence", Duration.ofSeconds(60));

    assertThat(events())
        .singleElement()
        .isInstanceOfSatisfying(
            LegEvent.RecordingEnded.class, it -> assertThat(it.millis()).isZero());
  }

  @Test
  void aRecordingLastsUntilTheSilenceAfterTheCallersSpeech() throws InterruptedException {
    leg.record("name", Duration.ofSeconds(60));
    at(1, () -> model.talk("alice", Duration.ofSeconds(2)));

    assertThat(events())
        .singleElement()
        .isInstanceOfSatisfying(
            LegEvent.RecordingEnded.class, it -> assertThat(it.millis()).isEqualTo(8000));
  }

  @Test
  void aLegEntersAndLeavesARoom() throws InterruptedException {
    mixer.enter(ALICE, ROOM, entry(MemberFlag.MUTE, MemberFlag.MODERATOR));
    String instance = snapshot().instance();
    at(1, () -> mixer.apply(ROOM, new MixerCommand.Kick(ALICE)));

    assertThat(events())
        .containsExactly(
            new RoomSignal.Entered(ROOM, instance, 1), new RoomSignal.Left(ROOM, true));
  }

  @Test
  void aRefusedLegLeavesWithoutHavingEntered() throws InterruptedException {
    mixer.enter(ALICE, ROOM, entry(MemberFlag.JOIN_EXISTING));

    assertThat(events()).containsExactly(new RoomSignal.Left(ROOM, false));
  }

  @Test
  void aCallerWhoHangsUpInARoomSendsOnlyTheHangUp() throws InterruptedException {
    mixer.enter(ALICE, ROOM, entry());
    at(1, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(events())
        .hasSize(2)
        .last()
        .isEqualTo(new LegEvent.HungUp(EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  @Test
  void theMixerReportsTheEventsOfARoom() {
    mixer.listen(mixerEvents::add);
    mixer.enter(ALICE, ROOM, entry());
    mixer.apply(ROOM, new MixerCommand.Mute(ALICE, true));
    mixer.apply(ROOM, new MixerCommand.Lock(true));
    mixer.apply(ROOM, new MixerCommand.Play(SONG));
    mixer.apply(ROOM, new MixerCommand.StartRecording("tape"));
    mixer.apply(ROOM, new MixerCommand.StopRecording());
    mixer.apply(ROOM, new MixerCommand.StopPlaying());
    mixer.apply(ROOM, new MixerCommand.Kick(ALICE));

    assertThat(mixerEvents)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Created",
            "Added",
            "Changed",
            "Locked",
            "PlayStarted",
            "RecordingStarted",
            "RecordingStopped",
            "PlayEnded",
            "Changed",
            "Removed",
            "Destroyed");
  }

  @Test
  void aSnapshotShowsTheStateOfTheMembers() {
    mixer.enter(ALICE, ROOM, entry(MemberFlag.DEAF, MemberFlag.GHOST));
    mixer.apply(ROOM, new MixerCommand.Lock(true));

    assertThat(snapshot().locked()).isTrue();
    assertThat(snapshot().members())
        .singleElement()
        .matches(member -> member.deaf() && member.ghost() && !member.muted())
        .matches(member -> member.callerNumber().equals("1001"));
  }

  @Test
  void aMissingRoomHasNoSnapshot() {
    assertThat(mixer.snapshot(ROOM)).isEqualTo(new SnapshotReply.NoSuchRoom());
  }

  @Test
  void commandsForMissingRoomsMembersAndMediaFail() {
    assertThat(mixer.apply(ROOM, new MixerCommand.Lock(true))).isEqualTo(new MixerReply.NotThere());
    mixer.enter(ALICE, ROOM, entry());

    assertThat(mixer.apply(ROOM, new MixerCommand.Kick(new CallId("nobody"))))
        .isEqualTo(new MixerReply.NotThere());
    assertThat(mixer.apply(ROOM, new MixerCommand.Play(new Media.Prompt("missing"))))
        .isInstanceOf(MixerReply.Refused.class);
  }

  private MixerSnapshot snapshot() {
    return ((SnapshotReply.Shown) mixer.snapshot(ROOM)).snapshot();
  }

  private static JoinOptions entry(MemberFlag... flags) {
    return new JoinOptions(
        Set.of(flags),
        Optional.empty(),
        Optional.empty(),
        "",
        OptionalInt.empty(),
        JoinOptions.Mixing.MIXER_DEFAULTS);
  }

  private void at(int second, Runnable action) {
    time.at(Duration.ofSeconds(second), Phase.WORK, "at " + second, action);
  }

  private List<LegEvent> events() throws InterruptedException {
    time.run(Duration.ofHours(1));
    List<LegEvent> all = new ArrayList<>();
    LegEvent event;
    while ((event = leg.events().poll(Duration.ZERO)) != null) {
      all.add(event);
    }
    return all;
  }
}

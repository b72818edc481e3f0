package dev.callflow.conference.stay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.visit.Presence;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that are sent to the mixer for each key action. */
class KeyActionsTests {

  private static final CallId ANN = new CallId("ann");

  private final Bed bed = new Bed().room("{\"member\":{\"join_muted\":false}}");
  private final KeyActions keyActions = new KeyActions(bed.mixer, bed.rooms);
  private final Levels levels = new Levels();
  private final Visitor ann = bed.visitor("ann");
  private @Nullable Presence presence;

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- muted and deaf

  @Test
  void muteMutesAndUnmutes() {
    assertThat(commands(KeyAction.MUTE, KeyAction.MUTE))
        .containsExactly(new MixerCommand.Mute(ANN, true), new MixerCommand.Mute(ANN, false));
  }

  @Test
  void muteOnMutesOnce() {
    assertThat(commands(KeyAction.MUTE_ON, KeyAction.MUTE_ON))
        .containsExactly(new MixerCommand.Mute(ANN, true));
  }

  @Test
  void muteOffUnmutesOnlyAMutedMember() {
    assertThat(commands(KeyAction.MUTE_OFF)).isEmpty();
    assertThat(commands(KeyAction.MUTE_ON, KeyAction.MUTE_OFF))
        .endsWith(new MixerCommand.Mute(ANN, false));
  }

  @Test
  void deafDeafensAndUndeafens() {
    assertThat(commands(KeyAction.DEAF, KeyAction.DEAF))
        .containsExactly(new MixerCommand.Deaf(ANN, true), new MixerCommand.Deaf(ANN, false));
  }

  @Test
  void deafOnDeafensOnce() {
    assertThat(commands(KeyAction.DEAF_ON, KeyAction.DEAF_ON))
        .containsExactly(new MixerCommand.Deaf(ANN, true));
  }

  @Test
  void deafOffUndeafensOnlyADeafMember() {
    assertThat(commands(KeyAction.DEAF_OFF)).isEmpty();
    assertThat(commands(KeyAction.DEAF_ON, KeyAction.DEAF_OFF))
        .endsWith(new MixerCommand.Deaf(ANN, false));
  }

  @Test
  void deafMuteSwitchesBothOnAndThenBothOff() {
    assertThat(commands(KeyAction.DEAF_MUTE, KeyAction.DEAF_MUTE))
        .containsExactly(
            new MixerCommand.Mute(ANN, true),
            new MixerCommand.Deaf(ANN, true),
            new MixerCommand.Mute(ANN, false),
            new MixerCommand.Deaf(ANN, false));
  }

  @Test
  void deafMuteSwitchesOnWhicheverIsStillOff() {
    assertThat(commands(KeyAction.MUTE, KeyAction.DEAF_MUTE))
        .containsExactly(new MixerCommand.Mute(ANN, true), new MixerCommand.Deaf(ANN, true));
  }

  // ---- energy

  @Test
  void energyChangesInStepsOfTwoHundred() {
    assertThat(commands(KeyAction.ENERGY_UP, KeyAction.ENERGY_DOWN, KeyAction.ENERGY_DOWN))
        .containsExactly(
            new MixerCommand.Energy(ANN, 500),
            new MixerCommand.Energy(ANN, 300),
            new MixerCommand.Energy(ANN, 100));
  }

  @Test
  void energyStaysBetweenZeroAndEighteenHundred() {
    assertThat(commands(KeyAction.ENERGY_DOWN, KeyAction.ENERGY_DOWN, KeyAction.ENERGY_DOWN))
        .containsExactly(new MixerCommand.Energy(ANN, 100), new MixerCommand.Energy(ANN, 0));
    bed.room("{\"profile\":{\"energy-level\":1700}}");
    Presence mia = bed.enters(bed.visitor("mia").member());

    bed.run(() -> {
      keyActions.act(mia, new Levels(), KeyAction.ENERGY_UP, "1", "");
      keyActions.act(mia, new Levels(), KeyAction.ENERGY_UP, "1", "");
    });

    assertThat(bed.mixer.commands())
        .endsWith(
            new MixerCommand.Energy(ANN, 0), new MixerCommand.Energy(new CallId("mia"), 1800));
  }

  @Test
  void theEnergyIsResetToTheLevelBeforeTheFirstKey() {
    assertThat(commands(KeyAction.ENERGY_UP, KeyAction.ENERGY_UP, KeyAction.ENERGY_EQU))
        .endsWith(new MixerCommand.Energy(ANN, 300));
  }

  @Test
  void theEnergyIsResetToTheProfilesLevelIfThereIsOne() {
    bed.room("{\"profile\":{\"energy-level\":400}}");

    assertThat(commands(KeyAction.ENERGY_UP, KeyAction.ENERGY_EQU))
        .containsExactly(new MixerCommand.Energy(ANN, 600), new MixerCommand.Energy(ANN, 400));
  }

  @Test
  void resettingAnUnchangedEnergySendsNoCommand() {
    assertThat(commands(KeyAction.ENERGY_EQU)).isEmpty();
  }

  // ---- volumes

  @Test
  void talkVolumeGoesUpToFour() {
    assertThat(
            commands(
                KeyAction.TALK_UP,
                KeyAction.TALK_UP,
                KeyAction.TALK_UP,
                KeyAction.TALK_UP,
                KeyAction.TALK_UP))
        .containsExactly(
            new MixerCommand.TalkVolume(ANN, 1),
            new MixerCommand.TalkVolume(ANN, 2),
            new MixerCommand.TalkVolume(ANN, 3),
            new MixerCommand.TalkVolume(ANN, 4));
  }

  @Test
  void talkVolumeGoesDownToMinusFour() {
    assertThat(
            commands(
                KeyAction.TALK_DOWN,
                KeyAction.TALK_DOWN,
                KeyAction.TALK_DOWN,
                KeyAction.TALK_DOWN,
                KeyAction.TALK_DOWN))
        .hasSize(4)
        .endsWith(new MixerCommand.TalkVolume(ANN, -4));
  }

  @Test
  void talkVolumeGoesBackToZero() {
    assertThat(commands(KeyAction.TALK_ZERO)).isEmpty();
    assertThat(commands(KeyAction.TALK_UP, KeyAction.TALK_UP, KeyAction.TALK_ZERO))
        .endsWith(new MixerCommand.TalkVolume(ANN, 0));
  }

  @Test
  void listenVolumeGoesUpToFour() {
    assertThat(
            commands(
                KeyAction.LISTEN_UP,
                KeyAction.LISTEN_UP,
                KeyAction.LISTEN_UP,
                KeyAction.LISTEN_UP,
                KeyAction.LISTEN_UP))
        .hasSize(4)
        .endsWith(new MixerCommand.ListenVolume(ANN, 4));
  }

  @Test
  void listenVolumeGoesDownToMinusFour() {
    assertThat(
            commands(
                KeyAction.LISTEN_DOWN,
                KeyAction.LISTEN_DOWN,
                KeyAction.LISTEN_DOWN,
                KeyAction.LISTEN_DOWN,
                KeyAction.LISTEN_DOWN))
        .hasSize(4)
        .endsWith(new MixerCommand.ListenVolume(ANN, -4));
  }

  @Test
  void listenVolumeGoesBackToZero() {
    assertThat(commands(KeyAction.LISTEN_ZERO)).isEmpty();
    assertThat(commands(KeyAction.LISTEN_DOWN, KeyAction.LISTEN_ZERO))
        .containsExactly(
            new MixerCommand.ListenVolume(ANN, -1), new MixerCommand.ListenVolume(ANN, 0));
  }

  @Test
  void theTwoVolumesAreCountedSeparately() {
    assertThat(commands(KeyAction.TALK_UP, KeyAction.LISTEN_UP))
        .containsExactly(
            new MixerCommand.TalkVolume(ANN, 1), new MixerCommand.ListenVolume(ANN, 1));
  }

  // ---- other actions

  @Test
  void hangupLeavesTheRoom() {
    Presence here = presence();
    bed.mixer.keepsTheKicked();

    bed.run(() -> keyActions.act(here, levels, KeyAction.HANGUP, "#", ""));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Kick(ANN));
    assertThat(bed.run(() -> bed.rooms.ask(Bed.ROOM, state -> state.departure(ANN).orElseThrow())))
        .contains(LeaveReason.LEFT);
  }

  @Test
  void lockLocksAndUnlocks() {
    assertThat(commands(KeyAction.LOCK, KeyAction.LOCK))
        .containsExactly(new MixerCommand.Lock(true), new MixerCommand.Lock(false));
  }

  @Test
  void floorGivesTheMemberTheFloorOnce() {
    assertThat(commands(KeyAction.FLOOR, KeyAction.FLOOR))
        .containsExactly(new MixerCommand.Floor(ANN));
  }

  @Test
  void eventPublishesTheKeysAndTheirDataFromTheDocument() {
    Presence here = presence();

    bed.run(() -> keyActions.act(here, levels, KeyAction.EVENT, "*7", "coffee"));

    Member member = bed.member(Bed.ROOM, "ann").orElseThrow();
    assertThat(bed.notices()).containsExactly(new Notice.KeysPressed(member, "*7", "coffee"));
    assertThat(bed.mixer.commands()).isEmpty();
  }

  // ---- members whom the mixer has not listed yet

  @Test
  void aKeyWaitsAMomentUntilTheMixerListsTheMember() {
    bed.mixer.eventsComeLater(Duration.ofMillis(200));
    Presence here = presence();

    bed.run(() -> keyActions.act(here, levels, KeyAction.MUTE, "*1", ""));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Mute(ANN, true));
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void aKeyOfAnUnlistedMemberDoesNothing() {
    bed.mixer.eventsComeLater(Duration.ofSeconds(10));
    Presence here = presence();

    bed.run(() -> keyActions.act(here, levels, KeyAction.MUTE, "*1", ""));

    assertThat(bed.mixer.commands()).isEmpty();
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void anUnlistedMemberCanLeave() {
    bed.mixer.eventsComeLater(Duration.ofSeconds(10));
    Presence here = presence();

    bed.run(() -> keyActions.act(here, levels, KeyAction.HANGUP, "#", ""));

    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Kick(ANN));
  }

  @Test
  void aCommandThatTheMixerDoesNotCarryOutDoesNoHarm() {
    Presence here = presence();
    List<MixerReply> replies =
        List.of(
            new MixerReply.Refused("no"),
            new MixerReply.NotThere(),
            new MixerReply.Unknown("the link is down"));

    for (MixerReply reply : replies) {
      bed.mixer.answers(reply);
      bed.run(() -> keyActions.act(here, levels, KeyAction.MUTE, "*1", ""));
      bed.run(() -> keyActions.act(here, levels, KeyAction.FLOOR, "*2", ""));
    }

    assertThat(bed.mixer.commands()).hasSize(6);
  }

  private List<MixerCommand> commands(KeyAction... actions) {
    Presence here = presence();
    for (KeyAction action : actions) {
      bed.run(() -> keyActions.act(here, levels, action, "1", ""));
      bed.passes(Duration.ZERO);
    }
    return bed.mixer.commands();
  }

  private Presence presence() {
    if (presence == null) {
      presence = bed.enters(ann.member());
    }
    return presence;
  }
}

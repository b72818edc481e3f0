package dev.callflow.conference.admission;

import static dev.callflow.conference.bed.Bed.passed;
import static dev.callflow.conference.bed.Bed.prompts;
import static dev.callflow.conference.bed.Bed.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.SmallMixer.Admits;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.visit.Guest;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.Presence;
import dev.callflow.conference.visit.Refusal;
import dev.callflow.conference.visit.Result;
import dev.callflow.conference.visit.Seated;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Adding a participant to the mixer. */
class JoinTests {

  private static final String ENTRY =
      "tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;%(800,0,659,783)";
  private static final String EXIT =
      "tone_stream://v=-7;>=2;+=.1;%(300,0,523,440);v=-7;>=3;+=.1;%(800,0,349,440)";

  private final Bed bed = new Bed();
  private final List<Duration> joined = new ArrayList<>();
  private final Join join =
      new Join(
          bed.mixer,
          bed.rooms,
          bed.sounds,
          new ConferenceMetrics() {
            @Override
            public void joined(Duration took) {
              joined.add(took);
            }
          });
  private final Door door = new Door(bed.rooms, bed.roomDocuments);
  private final Held held = new Held();
  private final Visitor ann = bed.visitor("ann");

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- the flags

  @Test
  void regularParticipantsOfAStoredConferenceJoinMutedByDefault() {
    assertThat(flags("{}", false)).containsExactly(MemberFlag.MUTE);
    assertThat(flags("{\"member\":{\"join_muted\":false}}", false)).isEmpty();
  }

  @Test
  void moderatorsJoinUnmutedByDefault() {
    assertThat(flags("{}", true)).containsExactly(MemberFlag.MODERATOR);
    assertThat(flags("{\"moderator\":{\"join_muted\":true}}", true))
        .containsExactlyInAnyOrder(MemberFlag.MODERATOR, MemberFlag.MUTE);
  }

  @Test
  void aRoleCanJoinDeaf() {
    String document = "{\"member\":{\"join_muted\":false,\"join_deaf\":true}}";

    assertThat(flags(document, false)).containsExactly(MemberFlag.DEAF);
    assertThat(flags(document, true)).containsExactly(MemberFlag.MODERATOR);
  }

  @Test
  void participantsOfAConferenceWithoutVideoJoinWithTheirVideoMuted() {
    assertThat(flags("{\"video\":false}", true))
        .containsExactlyInAnyOrder(MemberFlag.MODERATOR, MemberFlag.VIDEO_MUTE);
  }

  @Test
  void theProfileAddsItsFlags() {
    assertThat(flags("{\"profile\":{\"member-flags\":\"nomoh|dist-dtmf\"}}", true))
        .containsExactlyInAnyOrder(
            MemberFlag.MODERATOR, MemberFlag.NO_MUSIC, MemberFlag.DISTRIBUTE_DTMF);
  }

  @Test
  void anInvitedParticipantJoinsWithTheOperatorsFlagsInsteadOfTheDocuments() {
    bed.room("{\"member\":{\"join_muted\":true},\"video\":false}");

    passed(enter(invited(Set.of(MemberFlag.DEAF), "")));

    assertThat(options().flags()).containsExactly(MemberFlag.DEAF);
  }

  // ---- prompts and sounds

  @Test
  void aRoleCanHearAPromptBeforeEntering() {
    bed.room("{\"member\":{\"play_entry_prompt\":true}}");

    passed(enter(ann.member()));

    assertThat(ann.leg().heard()).containsExactly("conf-joining_conference");
  }

  @Test
  void onlyTheRoleWithTheSettingHearsThePrompt() {
    bed.room("{\"member\":{\"play_entry_prompt\":true}}");

    passed(enter(ann.moderator()));

    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void anInvitedParticipantHearsNoPrompt() {
    bed.room("{\"member\":{\"play_entry_prompt\":true}}");

    passed(enter(invited(Set.of(), "")));

    assertThat(ann.leg().heard()).isEmpty();
  }

  @Test
  void theRoomHearsATone() {
    bed.room("{}");

    passed(enter(ann.member()));

    assertThat(options().enterSound()).contains(new Media.Stream(ENTRY));
    assertThat(options().exitSound()).contains(new Media.Stream(EXIT));
  }

  @Test
  void theRoomHearsTheToneTheNameAndTheAnnouncement() {
    bed.room("{\"language\":\"de-de\"}");
    Media name = new Media.Recording("name_1");

    passed(enter(ann.member(), Optional.of(name)));

    assertThat(options().enterSound())
        .contains(
            new Media.Sequence(
                List.of(
                    new Media.Stream(ENTRY), name, new Media.Prompt("conf-has_joined", "de-de"))));
    assertThat(options().exitSound())
        .contains(
            new Media.Sequence(
                List.of(new Media.Stream(EXIT), name, new Media.Prompt("conf-has_left", "de-de"))));
  }

  @Test
  void theNameIsAnnouncedEvenWithoutATone() {
    bed.room("{\"play_entry_tone\":false,\"play_exit_tone\":false}");
    Media name = new Media.Recording("name_1");

    passed(enter(ann.member(), Optional.of(name)));

    assertThat(options().enterSound())
        .contains(new Media.Sequence(List.of(name, new Media.Prompt("conf-has_joined"))));
  }

  @Test
  void withoutAToneAndANameTheRoomHearsNothing() {
    bed.room("{\"play_entry_tone\":false,\"play_exit_tone\":false}");

    passed(enter(ann.member()));

    assertThat(options().enterSound()).isEmpty();
    assertThat(options().exitSound()).isEmpty();
  }

  // ---- the room in the mixer

  @Test
  void theMixerUsesTheProfileThatTheDocumentNames() {
    bed.room("{\"profile_name\":\"wide\"}");

    passed(enter(ann.member()));

    assertThat(options().profile()).isEqualTo("wide");
  }

  @Test
  void anOperatorCanNameAnotherProfile() {
    bed.room("{\"profile_name\":\"wide\"}");

    passed(enter(invited(Set.of(), "narrow")));

    assertThat(options().profile()).isEqualTo("narrow");
  }

  @Test
  void withoutAProfileFromTheOperatorTheDocumentsProfileApplies() {
    bed.room("{\"profile_name\":\"wide\"}");

    passed(enter(invited(Set.of(), "")));

    assertThat(options().profile()).isEqualTo("wide");
  }

  @Test
  void theMixersLimitIsTenAboveTheNumberOfSeats() {
    bed.room("{\"max_participants\":5}");

    passed(enter(ann.member()));

    assertThat(options().maxMembers()).hasValue(15);
  }

  @Test
  void withoutALimitOfSeatsTheMixerHasNoLimit() {
    bed.room("{}");

    passed(enter(ann.member()));

    assertThat(options().maxMembers()).isEmpty();
  }

  @Test
  void theProfileSetsTheMixingOfTheRoom() {
    bed.document(DocumentType.MEDIA, "jazz", "{}")
        .room(
            """
            {"profile": {"moh-sound": "jazz", "energy-level": 400, "rate": 16000,
                         "interval": 40, "channels": 2}}
            """);

    passed(enter(ann.member()));

    JoinOptions.Mixing mixing = options().mixing();
    assertThat(mixing.music()).contains(new Media.Stored("jazz", "jazz"));
    assertThat(mixing.energyLevel()).hasValue(400);
    assertThat(mixing.rate()).hasValue(16_000);
    assertThat(mixing.interval()).hasValue(40);
    assertThat(mixing.channels()).hasValue(2);
  }

  @Test
  void valuesOutOfRangeAreLeftToTheMixer() {
    bed.room("{\"profile\":{\"rate\":7999,\"interval\":9,\"channels\":3,\"energy-level\":1801}}");

    passed(enter(ann.member()));

    JoinOptions.Mixing mixing = options().mixing();
    assertThat(mixing.energyLevel()).isEmpty();
    assertThat(mixing.rate()).isEmpty();
    assertThat(mixing.interval()).isEmpty();
    assertThat(mixing.channels()).isEmpty();
  }

  // ---- keys

  @Test
  void keysPressedBeforeJoiningAreForgotten() {
    bed.room("{\"member\":{\"play_entry_prompt\":true}}");
    ann.leg().replies("conf-joining_conference", "*1");

    assertThat(passed(enter(ann.member())).keysPressed()).isEmpty();
  }

  @Test
  void keysPressedWhileJoiningAreKept() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);
    Running<Result<Presence>> entering = begin();

    ann.leg().press("*1");
    bed.passes(Duration.ofSeconds(1));
    bed.mixer.letIn("ann");

    assertThat(passed(bed.until(entering)).keysPressed()).isEqualTo("*1");
  }

  // ---- success and failure

  @Test
  void aParticipantIsInAsSoonAsTheMixerReportsIt() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);
    Running<Result<Presence>> entering = begin();

    bed.passes(Duration.ofSeconds(14));
    assertThat(entering.isDone()).isFalse();
    bed.mixer.letIn("ann");

    assertThat(passed(bed.until(entering)).guest().call().id()).isEqualTo(new CallId("ann"));
    assertThat(joined).containsExactly(Duration.ofSeconds(14));
  }

  @Test
  void theRoomIsNotifiedThatTheParticipantIsIn() {
    bed.room("{}");
    bed.mixer.eventsComeLater(Duration.ofSeconds(10));

    passed(enter(ann.member()));

    // Only participants who are in the room can be moved.
    assertThat(
            bed.run(() ->
                bed.rooms.ask(
                    Bed.ROOM,
                    state -> state.moves(new CallId("ann"), new Move(Bed.ROOM, Set.of())))))
        .contains(true);
  }

  @Test
  void aParticipantWhomTheMixerSendsBackIsRefused() {
    bed.room("{}");
    bed.mixer.admits(Admits.NO_LEG);

    Refusal refusal = refused(enter(ann.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.FAILED);
    assertThat(prompts(refusal)).containsExactly("conf-unavailable");
    assertThat(refusal.conference()).contains("room");
    assertThat(joined).isEmpty();
    assertThat(bed.time.elapsed()).isZero();
    assertThat(bed.mixer.commands()).isEmpty();
  }

  @Test
  void aParticipantWhoIsNotInAfterFifteenSecondsIsRefusedAndKicked() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);

    Refusal refusal = refused(enter(ann.member()));

    assertThat(refusal.reason()).isEqualTo(ConferenceOutcome.FAILED);
    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(15));
    assertThat(bed.mixer.commands()).containsExactly(new MixerCommand.Kick(new CallId("ann")));
  }

  @Test
  void keysDoNotExtendTheFifteenSeconds() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);
    ann.leg().press(Duration.ofSeconds(10), "1");

    refused(enter(ann.member()));

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aParticipantWhomTheRoomListsAfterFifteenSecondsHasJoined() {
    bed.room("{}");
    bed.mixer.admits(Admits.IN_SILENCE);

    passed(enter(ann.member()));

    assertThat(bed.time.elapsed()).isEqualTo(Duration.ofSeconds(15));
    assertThat(bed.mixer.commands()).isEmpty();
  }

  @Test
  void aParticipantCanHangUpWhileJoining() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);
    ann.leg().hangsUp(Duration.ofSeconds(1));

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> enter(ann.member()));
  }

  // ---- the sounds of the room

  @Test
  void theRoomPlaysTheSoundsOfTheProfile() {
    bed.onRoomEvent(bed.sounds::onEvent);
    bed.room("{\"profile\":{\"alone-sound\":\"conf-alone\"}}");

    passed(enter(ann.member()));
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands())
        .containsExactly(
            new MixerCommand.PlayTo(new CallId("ann"), new Media.Prompt("conf-alone")));
  }

  @Test
  void theSoundsAreReleasedWithTheSeat() {
    bed.onRoomEvent(bed.sounds::onEvent);
    bed.room("{}");
    passed(enter(ann.member()));
    bed.mixer.letGo("ann");
    bed.run(held::close);
    bed.room("{\"profile\":{\"alone-sound\":\"conf-only_you\"}}");
    Visitor bob = bed.visitor("bob");

    passed(bed.run(() -> join.enter(seat(bob.member()), Optional.empty(), new Held())));
    bed.passes(Duration.ZERO);

    assertThat(bed.mixer.commands())
        .endsWith(new MixerCommand.PlayTo(new CallId("bob"), new Media.Prompt("conf-only_you")));
  }

  private Set<MemberFlag> flags(String document, boolean moderator) {
    bed.room(document);
    Visitor someone = bed.visitor("someone-" + bed.mixer.entries().size());
    Guest guest = moderator ? someone.moderator() : someone.member();
    passed(bed.run(() -> join.enter(seat(guest), Optional.empty(), new Held())));
    return bed.mixer.entry(someone.id()).options().flags();
  }

  private Guest invited(Set<MemberFlag> flags, String profile) {
    return Guest.invited(ann.target(), new Guest.Terms(flags, profile));
  }

  private JoinOptions options() {
    return bed.mixer.entry("ann").options();
  }

  private Seated seat(Guest guest) {
    return passed(door.take(guest, held));
  }

  private Result<Presence> enter(Guest guest) {
    return enter(guest, Optional.empty());
  }

  private Result<Presence> enter(Guest guest, Optional<Media> name) {
    return bed.run(() -> join.enter(seat(guest), name, held));
  }

  private Running<Result<Presence>> begin() {
    return bed.begin(() -> join.enter(seat(ann.member()), Optional.empty(), held));
  }
}

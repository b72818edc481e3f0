package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Running;
import dev.callflow.conference.bed.SmallMixer.Admits;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.kept.CallerCopies;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.conference.observe.ConferenceObserver;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.pin.PinThrottle;
import dev.callflow.conference.publish.ChannelVariables;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.stay.KeyActions;
import dev.callflow.conference.stay.Stay;
import dev.callflow.conference.visit.Returning;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Node;
import dev.callflow.core.document.ParsedCallflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;

/** A caller's complete visit: the order of the steps, and all ways in which the visit can end. */
class AdmissionTests {

  private static final String PIN = "conf-enter_conf_pin";
  private static final String NUMBER = "conf-enter_conf_number";
  private static final String NAME = "conf-announce_your_name";

  private final Bed bed = new Bed();
  private final List<String> reports = new ArrayList<>();
  private final List<ConferenceOutcome> refusals = new ArrayList<>();
  private final Visitor ann = bed.visitor("ann");

  private final ConferenceObserver observer =
      new ConferenceObserver() {
        @Override
        public void ended(CallId call, ConferenceOutcome outcome) {
          reports.add(call + " " + outcome.key());
        }

        @Override
        public void roleDecided(CallId call, RoomId room, boolean moderator) {
          reports.add(call + " is a " + (moderator ? "moderator" : "member"));
        }
      };

  @AfterEach
  void close() {
    bed.close();
  }

  // ---- getting in

  @Test
  void aCallerIsAnsweredAndGreetedAndStaysUntilTheyLeave() {
    bed.room("{}");
    Running<Outcome> visit = calls(ann);
    bed.passes(Duration.ofMinutes(10));
    assertThat(bed.mixer.hasIn(Bed.ROOM, "ann")).isTrue();
    assertThat(visit.isDone()).isFalse();

    ann.leg().press("#");

    assertThat(bed.until(visit)).isEqualTo(new Outcome.ExitAt("left"));
    assertThat(ann.leg().orders()).containsExactly("answer", "play conf-welcome");
    assertThat(reports).containsExactly("ann is a member", "ann left");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void theStepsRunInOrder() {
    bed.conference(
        "board",
        """
        {"conference_numbers": ["100"], "moderator": {"pins": ["9999"], "play_entry_prompt": true},
         "member": {"pins": ["1234"]}, "play_name": true}
        """);
    ann.element("{}");
    ann.leg().replies(NUMBER, "100#");
    ann.leg()
        .on(
            PIN,
            () -> {
              assertThat(reports).isEmpty();
              ann.leg().press("9999#");
            });
    ann.leg().on(NAME, () -> assertThat(reports).containsExactly("ann is a moderator"));

    calls(ann);
    bed.passes(Duration.ofMinutes(1));

    assertThat(ann.leg().heard())
        .containsExactly(
            "conf-welcome",
            NUMBER,
            PIN,
            NAME,
            "tone_stream://%(500,0,440)",
            "conf-joining_conference");
    assertThat(bed.mixer.hasIn(new RoomId(Bed.ACME, "board"), "ann")).isTrue();
  }

  @Test
  void aCallerWithoutAConferenceIsNotGreeted() {
    ann.element("{\"id\":\"nowhere\"}");

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("not_found"));
    assertThat(ann.leg().orders()).containsExactly("answer", "play conf-bad_conf");
  }

  @Test
  void noRoleIsReportedForACallerWithAWrongPin() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().replies(PIN, "1#", "2#", "3#");

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("bad_pin"));
    assertThat(reports).containsExactly("ann bad_pin");
    assertThat(bed.mixer.entries()).isEmpty();
    assertThat(ann.leg().heard()).endsWith("conf-bad_pin", "conf-too_many_attempts");
  }

  @Test
  void theRoleIsReportedBeforeASeatIsRequested() {
    bed.room("{\"max_participants\":1}");
    bed.enters(bed.visitor("bob").member());

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("full"));
    assertThat(reports).containsExactly("ann is a member", "ann full");
  }

  @Test
  void aCallerWithoutASeatIsNotAskedForTheirName() {
    bed.room("{\"max_participants\":1,\"play_name\":true}");
    bed.enters(bed.visitor("bob").member());

    called(ann);

    assertThat(ann.leg().heard()).containsExactly("conf-welcome", "conf-max_participants");
  }

  @Test
  void aCallerCanEnterEvenIfTheSystemsConfigurationCannotBeRead() {
    bed.system("{\"pin_timeout\":1000}")
        .account("{\"pin_timeout\":2000}")
        .room("{\"moderator\":{\"pins\":[\"9999\"]}}");
    bed.readOnly.losesTheSystemsConfiguration();
    Running<Outcome> visit = calls(ann);

    // The greeting and the prompt take 3 s each, and the account's timeout is 2 s.
    bed.passes(Duration.ofSeconds(3 + 3 + 2));

    assertThat(bed.mixer.hasIn(Bed.ROOM, "ann")).isTrue();
    assertThat(visit.isDone()).isFalse();
  }

  @Test
  void aConferenceFeatureUsesTheCapturedTextAsItsId() {
    bed.conference("100", "{}");
    ann.element("{\"id\":\"room\"}");

    bed.begin(() ->
        Bed.runAsEngine(
            new ConferenceFeatureModule(admission()), context(ann, Optional.of("100"))));
    bed.passes(Duration.ofMinutes(1));

    assertThat(bed.mixer.hasIn(new RoomId(Bed.ACME, "100"), "ann")).isTrue();
  }

  @Test
  void withoutCapturedTextAConferenceFeatureUsesTheIdInItsData() {
    bed.room("{}");

    bed.begin(() ->
        Bed.runAsEngine(new ConferenceFeatureModule(admission()), context(ann, Optional.empty())));
    bed.passes(Duration.ofMinutes(1));

    assertThat(bed.mixer.hasIn(Bed.ROOM, "ann")).isTrue();
  }

  @Test
  void theConferenceElementIgnoresTheCapturedText() {
    bed.room("{}").conference("100", "{}");

    bed.begin(
        () -> Bed.runAsEngine(new ConferenceModule(admission()), context(ann, Optional.of("100"))));
    bed.passes(Duration.ofMinutes(1));

    assertThat(bed.mixer.hasIn(Bed.ROOM, "ann")).isTrue();
  }

  @Test
  void theModulesHaveTheNamesOfTheirElementsAndCheckTheirData() {
    assertThat(new ConferenceModule(admission()).name()).isEqualTo("conference");
    assertThat(new ConferenceFeatureModule(admission()).name()).isEqualTo("conference_feature");
    assertThat(new ConferenceModule(admission()).check(Bed.json("{\"moderator\":7}"))).isNotEmpty();
    assertThat(new ConferenceFeatureModule(admission()).check(Bed.json("{\"moderator\":7}")))
        .isNotEmpty();
    assertThat(new ConferenceModule(admission()).media(Bed.json("{\"play_entry_tone\":\"ding\"}")))
        .containsEntry("/play_entry_tone", "ding");
    assertThat(
            new ConferenceFeatureModule(admission())
                .media(Bed.json("{\"play_entry_tone\":\"ding\"}")))
        .containsEntry("/play_entry_tone", "ding");
  }

  // ---- refusals

  @Test
  void aRefusalIsCountedAndPublished() {
    bed.room("{\"max_participants\":1}");
    bed.enters(bed.visitor("bob").member());

    called(ann);

    assertThat(refusals).containsExactly(ConferenceOutcome.FULL);
    assertThat(bed.notices())
        .containsExactly(
            new Notice.JoinDenied(
                new CallId("ann"), "493055501", "name of ann", "room", ConferenceOutcome.FULL));
  }

  @Test
  void aRefusalWithoutAConferenceIsPublishedWithTheIdOfTheElement() {
    called(ann.element("{\"id\":\"nowhere\"}"));

    assertThat(bed.notices())
        .containsExactly(
            new Notice.JoinDenied(
                new CallId("ann"),
                "493055501",
                "name of ann",
                "nowhere",
                ConferenceOutcome.NOT_FOUND));
  }

  @Test
  void aRefusalWithoutAnyIdIsPublishedToo() {
    called(ann.element("{}"));

    assertThat(bed.notices())
        .containsExactly(
            new Notice.JoinDenied(
                new CallId("ann"), "493055501", "name of ann", "", ConferenceOutcome.BAD_NUMBER));
  }

  @Test
  void aCallerWhoIsLetInIsNotCountedAsRefused() {
    bed.room("{}");
    calls(ann);
    bed.passes(Duration.ofMinutes(1));

    assertThat(refusals).isEmpty();
    assertThat(bed.notices()).isEmpty();
  }

  @Test
  void theSeatIsFreeWhileARefusedCallerListensToThePrompt() {
    bed.room("{}");
    bed.mixer.admits(Admits.NO_LEG);
    List<Integer> seats = new ArrayList<>();
    ann.leg()
        .on(
            "conf-unavailable",
            () -> bed.time.after(Duration.ofSeconds(1), "look", () -> seats.add(bed.seats())));

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("failed"));
    assertThat(seats).containsExactly(0);
  }

  @Test
  void aRefusedCallerNoLongerWaitsInTheRoom() {
    bed.room("{\"wait_for_moderator\":true,\"wait_timeout\":5}");

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("no_moderator"));
    assertThat(bed.snapshot(Bed.ROOM)).isEmpty();
  }

  // ---- failures

  @Test
  void aCallerIsRefusedIfTheStoreFailsWhileTheConferenceIsLookedUp() {
    bed.room("{}");
    Running<Outcome> visit = calls(ann, bed.readOnly::goesDown);

    assertThat(bed.until(visit)).isEqualTo(new Outcome.ExitAt("unavailable"));
    assertThat(ann.leg().heard()).containsExactly("conf-unavailable");
  }

  @Test
  void aCallerIsRefusedIfTheStoreFailsAfterTheyEnteredANumber() {
    ann.element("{}")
        .leg()
        .on(
            NUMBER,
            () -> {
              bed.readOnly.goesDown();
              ann.leg().press("100#");
            });

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("unavailable"));
    assertThat(ann.leg().heard()).endsWith(NUMBER, "conf-unavailable");
  }

  @Test
  void aSeatedCallerIsRefusedIfTheStoreFails() {
    bed.room("{\"play_name\":true,\"language\":\"de-de\",\"moderator\":{\"pins\":[\"9999\"]}}");
    ann.variables(Map.of("callflow_owner_id", "ann"))
        .leg()
        .on(
            PIN,
            () -> {
              bed.readOnly.goesDown();
              ann.leg().press("#");
            });

    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("unavailable"));
    assertThat(ann.leg().heard()).endsWith("conf-unavailable (de-de)");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aCallerIsRefusedIfTheGreetingFails() {
    bed.room("{}");
    ann.leg().breaksDuring("conf-welcome");

    expectRefusalByFailure();
  }

  @Test
  void aCallerIsRefusedIfAskingForANumberFails() {
    ann.element("{}").leg().breaksDuring(NUMBER);

    expectRefusalByFailure();
  }

  @Test
  void aCallerIsRefusedIfAskingForAPinFails() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().breaksDuring(PIN);

    expectRefusalByFailure();
  }

  @Test
  void aWaitingCallerIsRefusedIfTheMusicFails() {
    bed.room("{\"wait_for_moderator\":true}");
    ann.leg().breaksDuring("hold_music");

    expectRefusalByFailure();
    assertThat(bed.snapshot(Bed.ROOM).map(RoomSnapshot::waiting).orElse(List.of())).isEmpty();
  }

  @Test
  void aCallerIsRefusedAndTheirSeatReleasedIfRecordingTheNameFails() {
    bed.room("{\"play_name\":true}");
    ann.leg().breaksDuring(NAME);

    expectRefusalByFailure();
  }

  @Test
  void aCallerIsRefusedAndTheirSeatReleasedIfTheMixerFails() {
    bed.room("{}");
    bed.mixer.admits(Admits.FAILING);

    expectRefusalByFailure();
  }

  @Test
  void aStayThatEndsWithAnErrorIsReportedAsFailedAndItsSeatReleased() {
    bed.room("{\"member\":{\"join_muted\":false}}");
    Running<Outcome> visit = calls(ann);
    bed.passes(Duration.ofMinutes(1));
    assertThat(bed.seatsTaken()).isOne();

    bed.mixer.breaks();
    ann.leg().press("*1");
    bed.passes(Duration.ofMinutes(1));

    assertThatIllegalStateException().isThrownBy(visit::result).withMessage("broken");
    assertThat(reports).containsExactly("ann is a member", "ann failed");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aFailureIsAnnouncedInTheLanguageOfTheConferenceOnceItIsFound() {
    bed.room("{\"language\":\"de-de\",\"play_name\":true}");
    ann.leg().breaksDuring(NAME);

    called(ann);

    assertThat(ann.leg().heard()).endsWith("conf-unavailable (de-de)");
  }

  private void expectRefusalByFailure() {
    assertThat(called(ann)).isEqualTo(new Outcome.ExitAt("failed"));
    assertThat(ann.leg().heard()).endsWith("conf-unavailable");
    assertThat(reports).filteredOn("ann failed"::equals).hasSize(1);
    assertThat(bed.seatsTaken()).isZero();
  }

  // ---- hang-ups

  @Test
  void aCallerCanHangUpDuringTheGreeting() {
    bed.room("{}");
    ann.leg().hangsUpDuring("conf-welcome");

    expectAbandoned();
  }

  @Test
  void aCallerCanHangUpInsteadOfEnteringANumber() {
    ann.element("{}").leg().hangsUpDuring(NUMBER);

    expectAbandoned();
  }

  @Test
  void aCallerCanHangUpInsteadOfEnteringAPin() {
    bed.room("{\"member\":{\"pins\":[\"1234\"]}}");
    ann.leg().hangsUpDuring(PIN);

    expectAbandoned();
  }

  @Test
  void aCallerCanHangUpWhileWaitingForAModerator() {
    bed.room("{\"wait_for_moderator\":true}");
    ann.leg().hangsUp(Duration.ofMinutes(2));

    expectAbandoned();
    assertThat(bed.snapshot(Bed.ROOM)).isEmpty();
  }

  @Test
  void aCallerCanHangUpInsteadOfRecordingTheirName() {
    bed.room("{\"play_name\":true}");
    ann.leg().hangsUpDuring(NAME);

    expectAbandoned();
  }

  @Test
  void aCallerCanHangUpWhileJoining() {
    bed.room("{}");
    bed.mixer.admits(Admits.LATER);
    ann.leg().hangsUp(Duration.ofSeconds(5));

    expectAbandoned();
  }

  @Test
  void aCallerWhoHangsUpDuringTheRefusalPromptStillCountsAsRefused() {
    ann.element("{\"id\":\"nowhere\"}").leg().hangsUpDuring("conf-bad_conf");

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> called(ann));
    assertThat(reports).containsExactly("ann not_found");
  }

  private void expectAbandoned() {
    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> called(ann));
    assertThat(reports).filteredOn(it -> !it.startsWith("ann is")).containsExactly("ann abandoned");
    assertThat(bed.seatsTaken()).isZero();
    assertThat(refusals).isEmpty();
  }

  // ---- leaving the room

  @Test
  void aCallerWhoHangsUpInTheRoomHasLeft() {
    bed.room("{}");
    ann.leg().hangsUp(Duration.ofMinutes(2));

    assertThatExceptionOfType(CallEndedException.class).isThrownBy(() -> called(ann));
    assertThat(reports).containsExactly("ann is a member", "ann left");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aKickedCallerContinuesInTheKickedBranch() {
    bed.room("{}");
    Running<Outcome> visit = calls(ann);
    bed.passes(Duration.ofMinutes(1));

    bed.departs("ann", LeaveReason.KICKED);
    bed.mixer.letGo("ann");

    assertThat(bed.until(visit)).isEqualTo(new Outcome.ExitAt("kicked"));
    assertThat(reports).containsExactly("ann is a member", "ann kicked");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aMovedCallerContinuesInTheMovedBranchAfterTheLastRoom() {
    bed.room("{}").conference("other", "{}");
    Running<Outcome> visit = calls(ann);
    bed.passes(Duration.ofMinutes(1));
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    assertThat(visit.isDone()).isFalse();

    ann.leg().press("#");

    assertThat(bed.until(visit)).isEqualTo(new Outcome.ExitAt("moved"));
    assertThat(reports).containsExactly("ann is a member", "ann moved");
    assertThat(bed.seatsTaken()).isZero();
  }

  @Test
  void aFailedMoveHasTheSameOutcomeAndReleasesTheSeats() {
    bed.room("{}").conference("other", "{}");
    Running<Outcome> visit = calls(ann);
    bed.passes(Duration.ofMinutes(1));
    bed.mixer.keepsTheKicked();
    bed.moves("ann", Bed.ROOM, Bed.OTHER, Set.of());
    bed.store.remove(Bed.ACME, DocumentType.CONFERENCE, "other");

    bed.mixer.letGo("ann");

    assertThat(bed.until(visit)).isEqualTo(new Outcome.ExitAt("moved"));
    assertThat(bed.seatsTaken()).isZero();
  }

  // ---- helpers

  private Outcome called(Visitor visitor) {
    return bed.until(calls(visitor));
  }

  private Running<Outcome> calls(Visitor visitor) {
    return calls(visitor, () -> {});
  }

  private Running<Outcome> calls(Visitor visitor, Runnable before) {
    ModuleContext context = context(visitor, Optional.empty());
    before.run();
    return bed.begin(() -> Bed.runAsEngine(new ConferenceModule(admission()), context));
  }

  private ModuleContext context(Visitor visitor, Optional<String> captured) {
    Node.Action node =
        new Node.Action(JsonPointer.compile("/flow"), "conference", visitor.element(), Map.of());
    return new ModuleContext(
        visitor.call(),
        bed.documents().account(Bed.ACME).orElseThrow(),
        node,
        new CallflowMatch(
            new ParsedCallflow("f", "Front door", List.of("1"), List.of(), node),
            captured,
            Map.of()),
        new CallflowLookup(bed.documents()),
        MediaGuard.standard().reader(Bed.ACME, bed.documents()),
        Map.of());
  }

  private Admission admission() {
    ConferenceMetrics metrics =
        new ConferenceMetrics() {
          @Override
          public void refused(ConferenceOutcome reason) {
            refusals.add(reason);
          }
        };
    Join join = new Join(bed.mixer, bed.rooms, bed.sounds, metrics);
    Stay stay = new Stay(bed.mixer, bed.rooms, new KeyActions(bed.mixer, bed.rooms));
    FindRoom findRoom = new FindRoom(bed.mixer, bed.roomDocuments);
    return new Admission(
        new Admission.Steps(
            findRoom,
            new Welcome(),
            new AskForNumber(),
            new RoleAndPin(new PinThrottle(bed.time, attacked -> {})),
            new AnnounceRole(List.of(observer)),
            new Door(bed.rooms, bed.roomDocuments),
            new SpokenName(bed.time, bed.recordings)),
        new Entrance(join, stay, new Moves(bed.roomDocuments, join, stay)),
        bed.rooms,
        new CallerCopies(bed.mixer, bed.rooms.turns()),
        new ChannelVariables(),
        metrics,
        new Outcomes(List.of(observer)),
        new Continuation(findRoom, bed.roomDocuments, bed.mixer, new Returning(bed.time)));
  }
}

package dev.callflow.conference.control;

import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.changed;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.destroyed;
import static dev.callflow.conference.room.Sample.locked;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.event.EventStream;
import dev.callflow.conference.kept.KeptVariables;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators' actions: the commands that they send, and the reasons for which they are refused. */
class ActionsTests {

  private static final Member ALICE = member("alice", 1);
  private static final Member BOB = member("bob", 2);
  private static final Member BOSS = member("boss", 3).with(Member.Flag.MODERATOR, true);
  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final ScriptedMixer mixer = new ScriptedMixer();
  private final Conferences conferences =
      Conferences.builder(
              new MemoryStore()
                  .account(ROOM.account(), Json.object())
                  .put(ROOM.account(), DocumentType.CONFERENCE, "board", Json.object())
                  .put(ROOM.account(), DocumentType.CONFERENCE, "other", Json.object()),
              mixer,
              TimeSource.system())
          .build();
  private final Conference board = conferences.conference(ROOM.account(), "board");

  ActionsTests() {
    mixer.answer(this::execute);
  }

  private MixerReply execute(MixerCommand command) {
    switch (command) {
      case MixerCommand.Mute(var member, boolean on) ->
          mixer.emit(changed(on ? Change.MUTED : Change.UNMUTED, member(member.value(), 0)));
      case MixerCommand.Deaf(var member, boolean on) ->
          mixer.emit(changed(on ? Change.DEAFENED : Change.UNDEAFENED, member(member.value(), 0)));
      case MixerCommand.Kick(var member) -> mixer.emit(removed(member(member.value(), 0)));
      case MixerCommand.Lock(boolean on) -> mixer.emit(locked(on));
      case MixerCommand.Energy(var member, int level) ->
          mixer.emit(
              changed(
                  Change.ENERGY,
                  member(member.value(), 0).withLevels(new Member.Levels(level, 0, 0))));
      default -> {}
    }
    return new MixerReply.Done();
  }

  private void startRoom(Member... members) {
    mixer.emit(created());
    for (Member member : members) {
      mixer.emit(added(member));
    }
  }

  private List<String> events() {
    EventStream stream = board.events(0, 100);
    return Stream.generate(() -> next(stream))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .map(item -> ((EventStream.Item.Happened) item).event().name())
        .toList();
  }

  private static Optional<EventStream.Item> next(EventStream stream) {
    try {
      return stream.next(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ActionResult refused(ConferenceAction action, Reason reason, String field) {
    ActionResult result = board.perform(action);
    assertThat(result)
        .isInstanceOfSatisfying(
            ActionResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.field()).isEqualTo(field);
            });
    assertThat(mixer.commands()).isEmpty();
    return result;
  }

  // ---- nothing to do

  @Test
  void aConferenceThatIsNeitherStoredNorRunningIsUnknown() {
    assertThat(
            conferences
                .conference(ROOM.account(), "nowhere")
                .perform(new ConferenceAction.Lock(true)))
        .isEqualTo(
            new ActionResult.Refused(
                Reason.UNKNOWN_CONFERENCE, "nowhere", "", "there is no such conference"));
  }

  @Test
  void actionsOnAStoredConferenceThatIsNotRunningDoNothing() {
    assertThat(board.perform(new ConferenceAction.Lock(true))).isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.MuteAll(true))).isEqualTo(DONE);
    assertThat(mixer.commands()).isEmpty();
  }

  @Test
  void aConferenceThatIsNotRunningHasNoParticipants() {
    refused(new ConferenceAction.Mute("alice", true), Reason.UNKNOWN_PARTICIPANT, "alice");
  }

  // ---- invalid actions

  @Test
  void valuesOutOfRangeAreRefused() {
    refused(new ConferenceAction.Energy("alice", 1801), Reason.INVALID, "level");
    refused(new ConferenceAction.Energy("alice", -1), Reason.INVALID, "level");
    refused(new ConferenceAction.TalkVolume("alice", 5), Reason.INVALID, "level");
    refused(new ConferenceAction.ListenVolume("alice", -5), Reason.INVALID, "level");
    refused(
        new ConferenceAction.SetMaxParticipants(OptionalInt.of(0)),
        Reason.INVALID,
        "max_participants");
  }

  @Test
  void missingIdsAreRefused() {
    refused(new ConferenceAction.Play(""), Reason.INVALID, "media_id");
    refused(new ConferenceAction.PlayTo("alice", ""), Reason.INVALID, "media_id");
    refused(new ConferenceAction.CancelDial(""), Reason.INVALID, "call_id");
    refused(new ConferenceAction.Move("alice", ""), Reason.INVALID, "conference_id");
    refused(new ConferenceAction.Dial(DialRequest.to(List.of())), Reason.INVALID, "endpoints");
  }

  @Test
  void unknownMediaAreRefused() {
    String id = "0123456789abcdef0123456789abcdef";
    refused(new ConferenceAction.Play(id), Reason.UNKNOWN_MEDIA, id);
  }

  @Test
  void variablesAndNumbersWithSpecialCharactersAreRefused() {
    refused(
        new ConferenceAction.SetVariables(Map.of("a b", "x"), false),
        Reason.INVALID,
        "custom_conference_vars.a?b");
    refused(
        new ConferenceAction.SetVariables(Map.of("topic", "${secret}"), false),
        Reason.INVALID,
        "custom_conference_vars.topic");
    refused(new ConferenceAction.Ban("1'2"), Reason.INVALID, "caller_id_number");
    refused(new ConferenceAction.Unban(""), Reason.INVALID, "caller_id_number");
  }

  // ---- one participant

  @Test
  void participantsAreIdentifiedByCallIdOrMemberNumber() {
    startRoom(ALICE, BOB);
    assertThat(board.perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.Deaf("2", true))).isEqualTo(DONE);
    assertThat(mixer.commands())
        .containsExactly(
            new MixerCommand.Mute(call("alice"), true), new MixerCommand.Deaf(call("bob"), true));
  }

  @Test
  void noCommandIsSentIfTheStateIsAlreadyRight() {
    startRoom(ALICE.with(Member.Flag.MUTED, true).with(Member.Flag.DEAF, true));
    assertThat(board.perform(new ConferenceAction.Mute("alice", true))).isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.Deaf("alice", true))).isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.Record(false))).isEqualTo(DONE);
    assertThat(mixer.commands()).isEmpty();
  }

  @Test
  void aKickBansTheParticipantOnlyIfRequested() {
    startRoom(ALICE, BOB);
    assertThat(board.perform(new ConferenceAction.Kick("alice", false))).isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.Kick("bob", true))).isEqualTo(DONE);
    Eventually.passes(() ->
        assertThat(events())
            .containsSubsequence("del-member", "ban", "del-member")
            .containsOnlyOnce("ban"));
  }

  @Test
  void aRelationNeedsTwoDifferentParticipantsWhoExist() {
    startRoom(ALICE, BOB);
    MixerCommand.Relation deaf = MixerCommand.Relation.DEAF;
    refused(new ConferenceAction.Relate("x", "y", deaf), Reason.UNKNOWN_PARTICIPANT, "y");
    refused(new ConferenceAction.Relate("x", "bob", deaf), Reason.UNKNOWN_PARTICIPANT, "x");
    refused(new ConferenceAction.Relate("bob", "bob", deaf), Reason.UNKNOWN_PARTICIPANT, "bob");
    assertThat(board.perform(new ConferenceAction.Relate("alice", "2", deaf))).isEqualTo(DONE);
    assertThat(mixer.commands())
        .containsExactly(new MixerCommand.Relate(call("alice"), call("bob"), deaf));
  }

  @Test
  void settingARoleOnlyStoresAVariableInTheMixersRoom() {
    startRoom(ALICE);
    assertThat(board.perform(new ConferenceAction.SetRole("alice", true))).isEqualTo(DONE);
    assertThat(mixer.commands())
        .containsExactly(
            new MixerCommand.SetVariables(KeptVariables.role(new CallId("alice"), true)));
    assertThat(board.view().orElseThrow().moderators()).isEqualTo(1);
  }

  @Test
  void aMoveNeedsAnotherExistingConferenceAndACallOfThisProcess() {
    startRoom(ALICE);
    refused(new ConferenceAction.Move("alice", "board"), Reason.INVALID, "conference_id");
    refused(new ConferenceAction.Move("alice", "nowhere"), Reason.UNKNOWN_CONFERENCE, "nowhere");
    refused(new ConferenceAction.Move("alice", "other"), Reason.NOT_POSSIBLE, "alice");
    assertThat(conferences.view(board.id()).orElseThrow().participants()).hasSize(1);
  }

  // ---- the conference as a whole

  @Test
  void allRegularParticipantsAreMutedWithOneCommand() {
    startRoom(ALICE, BOB.with(Member.Flag.MUTED, true), BOSS);
    assertThat(board.perform(new ConferenceAction.MuteAll(true))).isEqualTo(DONE);
    assertThat(mixer.commands()).containsExactly(new MixerCommand.MuteAll(true));
  }

  @Test
  void kickingAllIncludesModerators() {
    startRoom(ALICE, BOSS);
    assertThat(board.perform(new ConferenceAction.KickAll(true))).isEqualTo(DONE);
    assertThat(mixer.commands())
        .filteredOn(MixerCommand.Kick.class::isInstance)
        .containsExactly(new MixerCommand.Kick(call("alice")), new MixerCommand.Kick(call("boss")));
    Eventually.passes(() -> assertThat(events()).containsSubsequence("ban", "ban"));
  }

  @Test
  void aParticipantWhomTheMixerRefusesToKickDoesNotBlockTheOthers() {
    startRoom(ALICE, BOB, BOSS);
    mixer.answer(command ->
        command.equals(new MixerCommand.Kick(call("alice")))
            ? new MixerReply.Refused("odd uuid")
            : new MixerReply.NotThere());
    assertThat(board.perform(new ConferenceAction.KickAll(false)))
        .isEqualTo(
            new ActionResult.Refused(
                Reason.BY_MIXER,
                "alice",
                "",
                "the mixer refused the action for 1 of 3 participants, first for alice"));
    assertThat(mixer.commands())
        .containsExactly(
            new MixerCommand.Kick(call("alice")),
            new MixerCommand.Kick(call("bob")),
            new MixerCommand.Kick(call("boss")));
  }

  @Test
  void theMixersOwnLimitIsHigherThanTheNumberOfSeats() {
    startRoom(ALICE);
    assertThat(board.perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(5))))
        .isEqualTo(DONE);
    assertThat(board.perform(new ConferenceAction.SetMaxParticipants(OptionalInt.empty())))
        .isEqualTo(DONE);
    assertThat(commandsWithoutRevisions())
        .containsExactly(
            new MixerCommand.MaxMembers(OptionalInt.of(15)),
            new MixerCommand.SetVariables(KeptVariables.limit(5)),
            new MixerCommand.MaxMembers(OptionalInt.empty()),
            new MixerCommand.SetVariables(KeptVariables.limit(0)));
  }

  private List<MixerCommand> commandsWithoutRevisions() {
    return mixer.commands().stream()
        .map(command ->
            command instanceof MixerCommand.SetVariables(Map<String, String> variables)
                ? new MixerCommand.SetVariables(withoutRevision(variables))
                : command)
        .toList();
  }

  private static Map<String, String> withoutRevision(Map<String, String> variables) {
    Map<String, String> others = new HashMap<>(variables);
    others.remove("callflow_revision");
    return others;
  }

  @Test
  void variablesAreSentToTelephonesIfRequested() {
    startRoom(ALICE);
    Map<String, String> topic = Map.of("topic", "budget");
    assertThat(board.perform(new ConferenceAction.SetVariables(topic, true))).isEqualTo(DONE);
    assertThat(commandsWithoutRevisions())
        .containsExactly(
            new MixerCommand.SetVariables(topic),
            new MixerCommand.SetVariables(Map.of()),
            new MixerCommand.Notify(call("alice"), topic));
    assertThat(board.view().orElseThrow().metadata()).isEqualTo(topic);
  }

  @Test
  void aRefusedLimitIsNotKept() {
    startRoom(ALICE);
    mixer.answer(new MixerReply.Refused("no"));
    board.perform(new ConferenceAction.SetMaxParticipants(OptionalInt.of(5)));
    mixer.emit(locked(true));
    Eventually.passes(() -> assertThat(events()).contains("lock"));
    assertThat(events()).doesNotContain("limit");
  }

  @Test
  void aPromptIsPlayedToAllParticipants() {
    startRoom(ALICE);
    assertThat(board.perform(new ConferenceAction.Play("conf-alone"))).isEqualTo(DONE);
    assertThat(mixer.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            MixerCommand.Play.class,
            play -> assertThat(play.media()).isInstanceOf(Media.Prompt.class));
  }

  @Test
  void endingAConferenceKicksAllParticipantsAndWaitsForTheEnd() {
    startRoom(ALICE);
    mixer.answer(command -> {
      mixer.emit(removed(ALICE), destroyed());
      return new MixerReply.Done();
    });
    assertThat(board.perform(new ConferenceAction.End())).isEqualTo(DONE);
    assertThat(mixer.commands()).containsExactly(new MixerCommand.Kick(call("alice")));
  }

  @Test
  void aLegThatIsNotBeingDialledCannotBeCancelled() {
    startRoom(ALICE);
    refused(new ConferenceAction.CancelDial("alice"), Reason.UNKNOWN_PARTICIPANT, "alice");
  }
}

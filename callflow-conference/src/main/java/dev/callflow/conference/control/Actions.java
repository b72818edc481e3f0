package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.RoomDocuments;
import dev.callflow.conference.document.RoomRules;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.Invitation;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Move;
import dev.callflow.conference.room.RecordingNames;
import dev.callflow.conference.room.RoomSnapshot;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.FoundMedia;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.time.TimeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Carries out what is asked of conferences (spec 6.3 to 6.6). */
public final class Actions {

  private static final ActionResult DONE = Orders.DONE;

  private static final int MOST_SEATS = 10_000;

  private final DocumentStore store;
  private final MediaGuard guard;
  private final Rooms rooms;
  private final RoomDocuments documents;
  private final RecordingNames recordings;
  private final Orders orders;
  private final DialOut dialOut;
  private final TimeSource time;

  public Actions(
      DocumentStore store,
      MediaGuard guard,
      Rooms rooms,
      RoomDocuments documents,
      RecordingNames recordings,
      Orders orders,
      DialOut dialOut,
      TimeSource time) {
    this.store = store;
    this.guard = guard;
    this.rooms = rooms;
    this.documents = documents;
    this.recordings = recordings;
    this.orders = orders;
    this.dialOut = dialOut;
    this.time = time;
  }

  public ActionResult perform(RoomId room, ConferenceAction action) {
    try {
      Optional<ActionResult> bad = check(room, action);
      if (bad.isPresent()) {
        return bad.get();
      }
      Optional<RoomSnapshot> known = rooms.sight(room);
      Optional<RoomSnapshot> sight = known.filter(it -> it.instance().isPresent());
      if (!(action instanceof ConferenceAction.Dial)
          && known.isEmpty()
          && documents.find(room).isEmpty()) {
        return refused(Reason.UNKNOWN_CONFERENCE, room.conference(), "there is no such conference");
      }
      return switch (action) {
        case ConferenceAction.Dial(DialRequest request) -> dialOut.dial(room, request);
        case ConferenceAction.CancelDial(String call) ->
            rooms.cancel(room, new CallId(call))
                ? DONE
                : refused(Reason.UNKNOWN_PARTICIPANT, call, "nobody of that id is being dialled");
        case ConferenceAction.End end ->
            orders.begin(room, new Condition.Ended(), () -> rooms.end(room));
        case ConferenceAction.OfParticipant one -> participant(room, sight, one);
        // A conference that does not run is asked in vain, and that is no error (spec 6.4).
        case ConferenceAction.OfRunning running ->
            sight.isEmpty() ? DONE : whole(room, sight.get(), running);
      };
    } catch (StoreUnavailableException e) {
      return new ActionResult.Unknown("documents cannot be read");
    }
  }

  // ---- what can be said before anything is looked up

  private Optional<ActionResult> check(RoomId room, ConferenceAction action) {
    return switch (action) {
      case ConferenceAction.Play(String media) -> checkMedia(room, media);
      case ConferenceAction.PlayTo(var who, String media) -> checkMedia(room, media);
      case ConferenceAction.SetVariables(var variables, boolean tell) -> checkNames(variables);
      case ConferenceAction.SetMaxParticipants(OptionalInt most) ->
          most.isPresent() ? range("max_participants", most.getAsInt(), 1, MOST_SEATS) : none();
      case ConferenceAction.Energy(var who, int level) -> range("level", level, 0, 1800);
      case ConferenceAction.TalkVolume(var who, int level) -> range("level", level, -4, 4);
      case ConferenceAction.ListenVolume(var who, int level) -> range("level", level, -4, 4);
      case ConferenceAction.Ban(String number) -> checkNumber(number);
      case ConferenceAction.Unban(String number) -> checkNumber(number);
      case ConferenceAction.CancelDial(String call) ->
          call.isEmpty() ? invalid("call_id", "required", "is missing") : none();
      case ConferenceAction.Dial(DialRequest request) -> DialCheck.check(room, request);
      case ConferenceAction.Move(var who, String conference) ->
          conference.isEmpty() ? invalid("conference_id", "required", "is missing") : none();
      case ConferenceAction other -> none();
    };
  }

  private static Optional<ActionResult> none() {
    return Optional.empty();
  }

  static Optional<ActionResult> invalid(String field, String rule, String message) {
    return Optional.of(new ActionResult.Refused(Reason.INVALID, field, rule, message));
  }

  private static ActionResult refused(Reason reason, String subject, String message) {
    return new ActionResult.Refused(reason, subject, "", message);
  }

  private Optional<ActionResult> checkMedia(RoomId room, String text) {
    if (text.isEmpty()) {
      return invalid("media_id", "required", "action 'play' requires a media ID or URL");
    }
    return switch (find(room, text)) {
      case FoundMedia.Playable playable -> none();
      case FoundMedia.Refused(String why) -> invalid("media_id", "format", why);
      case FoundMedia.Unknown(String id) ->
          Optional.of(
              refused(Reason.UNKNOWN_MEDIA, id, "the account has no such medium or prompt"));
    };
  }

  static Optional<ActionResult> checkNames(Map<String, String> variables) {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = variable.getValue();
      if (!variable.getKey().matches("[A-Za-z0-9_]{1,64}")
          || value.length() > 1024
          || value.chars().anyMatch(c -> c < ' ' || c == 0x7f || "'\"\\$;{}".indexOf(c) >= 0)) {
        return invalid(
            "custom_conference_vars." + variable.getKey().replaceAll("[^A-Za-z0-9_]", "?"),
            "pattern",
            "is no plain variable");
      }
    }
    return none();
  }

  private static Optional<ActionResult> range(String field, int level, int least, int most) {
    if (level < least) {
      return invalid(field, "minimum", "must be at least " + least);
    }
    return level > most ? invalid(field, "maximum", "must be at most " + most) : none();
  }

  private static Optional<ActionResult> checkNumber(String number) {
    return number.matches("[^\\p{Cntrl}'\"\\\\]{1,64}")
        ? none()
        : invalid("caller_id_number", "pattern", "is no caller's number");
  }

  // ---- the conference as a whole

  private ActionResult whole(RoomId room, RoomSnapshot sight, ConferenceAction.OfRunning action) {
    return switch (action) {
      case ConferenceAction.Lock(boolean on) ->
          orders.give(
              room, new Orders.Order(new MixerCommand.Lock(on), new Condition.Locked(on), ""));
      case ConferenceAction.Play(String media) ->
          orders.give(room, new MixerCommand.Play(media(room, media)), "");
      case ConferenceAction.StopPlaying stop ->
          orders.give(room, new MixerCommand.StopPlaying(), "");
      case ConferenceAction.Record(boolean on) -> record(room, sight, on);
      case ConferenceAction.SetVariables set -> variables(room, sight, set);
      case ConferenceAction.SetMaxParticipants(OptionalInt most) -> limit(room, most);
      case ConferenceAction.Ban(String number) -> {
        rooms.ban(room, number);
        yield DONE;
      }
      case ConferenceAction.Unban(String number) -> {
        rooms.unban(room, number);
        yield DONE;
      }
      case ConferenceAction.MuteAll(boolean on) ->
          all(
              room,
              sight.members().stream()
                  .filter(it -> !it.moderator() && it.muted() != on)
                  .map(it -> Orders.Order.mute(it.call(), on))
                  .toList());
      case ConferenceAction.DeafAll(boolean on) ->
          all(
              room,
              sight.members().stream()
                  .filter(it -> !it.moderator() && it.deaf() != on)
                  .map(it -> Orders.Order.deaf(it.call(), on))
                  .toList());
      case ConferenceAction.KickAll(boolean ban) -> {
        sight.members().forEach(member -> departs(room, member, ban));
        yield all(room, sight.members().stream().map(it -> Orders.Order.kick(it.call())).toList());
      }
    };
  }

  private ActionResult record(RoomId room, RoomSnapshot sight, boolean on) {
    if (sight.recording() == on) {
      return DONE;
    }
    return orders.give(
        room,
        new Orders.Order(
            on
                ? new MixerCommand.StartRecording(recordings.ofRoom(room, time.now()))
                : new MixerCommand.StopRecording(),
            new Condition.Recording(on),
            ""));
  }

  private ActionResult variables(
      RoomId room, RoomSnapshot sight, ConferenceAction.SetVariables set) {
    ActionResult result = orders.give(room, new MixerCommand.SetVariables(set.variables()), "");
    if (result instanceof ActionResult.Done) {
      rooms.variables(room, set.variables());
      if (set.tell()) {
        sight
            .members()
            .forEach(member ->
                orders.give(
                    room,
                    new MixerCommand.Notify(member.call(), set.variables()),
                    member.call().value()));
      }
    }
    return result;
  }

  private ActionResult limit(RoomId room, OptionalInt most) {
    OptionalInt mixers =
        most.isPresent()
            ? OptionalInt.of(most.getAsInt() + RoomRules.MIXER_MARGIN)
            : OptionalInt.empty();
    ActionResult result = orders.give(room, new MixerCommand.MostMembers(mixers), "");
    if (result instanceof ActionResult.Done) {
      rooms.limit(room, most.orElse(0));
    }
    return result;
  }

  /** Somebody who has left meanwhile need not be muted any more. */
  private ActionResult all(RoomId room, List<Orders.Order> all) {
    return orders.give(room, all).stream()
        .filter(ActionResult.Unknown.class::isInstance)
        .findFirst()
        .orElse(DONE);
  }

  private Media media(RoomId room, String text) {
    return find(room, text)
        .media()
        .orElseThrow(() -> new IllegalStateException("was checked before"));
  }

  private FoundMedia find(RoomId room, String text) {
    String language = documents.find(room).map(ConferenceDocument::language).orElse("");
    return guard.find(text, language, room.account(), store);
  }

  // ---- one participant

  private ActionResult participant(
      RoomId room, Optional<RoomSnapshot> sight, ConferenceAction.OfParticipant action) {
    List<Member> members = sight.map(RoomSnapshot::members).orElse(List.of());
    if (action instanceof ConferenceAction.Relate relate) {
      return relate(room, members, relate);
    }
    Optional<Member> found = find(members, action.participant());
    if (found.isEmpty()) {
      return nobody(action.participant());
    }
    Member member = found.get();
    CallId call = member.call();
    return switch (action) {
      case ConferenceAction.Mute(var who, boolean on) ->
          member.muted() == on ? DONE : orders.give(room, Orders.Order.mute(call, on));
      case ConferenceAction.Deaf(var who, boolean on) ->
          member.deaf() == on ? DONE : orders.give(room, Orders.Order.deaf(call, on));
      case ConferenceAction.Kick(var who, boolean ban) -> {
        departs(room, member, ban);
        yield orders.give(room, Orders.Order.kick(call));
      }
      case ConferenceAction.PlayTo(var who, String media) ->
          orders.give(
              room, new MixerCommand.PlayTo(call, media(room, media)), action.participant());
      case ConferenceAction.Energy(var who, int level) ->
          orders.give(
              room,
              new Orders.Order(
                  new MixerCommand.Energy(call, level),
                  new Condition.Energy(call, level),
                  call.value()));
      case ConferenceAction.TalkVolume(var who, int level) ->
          orders.give(
              room,
              new Orders.Order(
                  new MixerCommand.TalkVolume(call, level),
                  new Condition.TalkVolume(call, level),
                  call.value()));
      case ConferenceAction.ListenVolume(var who, int level) ->
          orders.give(
              room,
              new Orders.Order(
                  new MixerCommand.ListenVolume(call, level),
                  new Condition.ListenVolume(call, level),
                  call.value()));
      case ConferenceAction.SetRole(var who, boolean moderator) ->
          rooms.role(room, call, moderator) ? DONE : nobody(action.participant());
      case ConferenceAction.Move(var who, String conference) ->
          move(room, member, new RoomId(room.account(), conference));
      case ConferenceAction.Relate relate -> throw new IllegalStateException("is done before");
    };
  }

  private void departs(RoomId room, Member member, boolean ban) {
    if (ban) {
      rooms.ban(room, member.callerNumber());
    }
    rooms.departs(room, member.call(), LeaveReason.KICKED);
  }

  private ActionResult relate(RoomId room, List<Member> members, ConferenceAction.Relate relate) {
    Optional<Member> first = find(members, relate.participant());
    Optional<Member> second = find(members, relate.other());
    if (second.isEmpty() || first.equals(second)) {
      return nobody(relate.other());
    }
    if (first.isEmpty()) {
      return nobody(relate.participant());
    }
    return orders.give(
        room,
        new MixerCommand.Relate(first.get().call(), second.get().call(), relate.relation()),
        relate.participant());
  }

  /** The seat in the other room comes first: nobody is put out who then has no place to go. */
  private ActionResult move(RoomId room, Member member, RoomId to) {
    if (to.equals(room)) {
      return new ActionResult.Refused(
          Reason.INVALID, "conference_id", "enum", "he is in that conference already");
    }
    Optional<ConferenceDocument> there = documents.find(to);
    if (there.isEmpty()) {
      return refused(Reason.UNKNOWN_CONFERENCE, to.conference(), "there is no such conference");
    }
    Invitation invitation =
        new Invitation(
            member.call(),
            member.callerNumber(),
            member.moderator(),
            member.moderator() && there.get().moderatorExempt(),
            member.ghost(),
            false,
            documents.rules(to, there.get()));
    if (!(rooms.invite(to, invitation) instanceof JoinDecision.Seated)) {
      return refused(Reason.NOT_POSSIBLE, to.conference(), "the other conference is full");
    }
    if (!rooms.moves(room, member.call(), new Move(to, flags(member)))) {
      rooms.leave(to, member.call());
      return refused(
          Reason.NOT_POSSIBLE, member.call().value(), "his call is not led by this process");
    }
    ActionResult result = orders.give(room, Orders.Order.kick(member.call()));
    if (result instanceof ActionResult.Refused) {
      rooms.stays(room, member.call());
      rooms.leave(to, member.call());
    }
    return result;
  }

  /** He is in the other room as he was in this one. */
  private static Set<MemberFlag> flags(Member member) {
    Set<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
    if (member.moderator()) {
      flags.add(MemberFlag.MODERATOR);
    }
    if (member.muted()) {
      flags.add(MemberFlag.MUTE);
    }
    if (member.deaf()) {
      flags.add(MemberFlag.DEAF);
    }
    if (member.ghost()) {
      flags.add(MemberFlag.GHOST);
    }
    if (member.videoMuted()) {
      flags.add(MemberFlag.VIDEO_MUTE);
    }
    return flags;
  }

  private static Optional<Member> find(List<Member> members, String id) {
    return members.stream()
        .filter(it -> it.call().value().equals(id) || String.valueOf(it.number()).equals(id))
        .findFirst();
  }

  private static ActionResult nobody(String id) {
    return refused(Reason.UNKNOWN_PARTICIPANT, id, "nobody of that id is in");
  }
}

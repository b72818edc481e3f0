package dev.callflow.conference.publish;

import dev.callflow.conference.event.CallVariables;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.room.LeaveReason;
import dev.callflow.conference.room.Notice;
import dev.callflow.core.call.CallId;
import java.time.Duration;
import java.util.Optional;

/** Creates the published events from the events of rooms. */
final class EventRecords {

  private final ChannelVariables callers;

  /**
   * @param callers the channel variables of the callers
   */
  EventRecords(ChannelVariables callers) {
    this.callers = callers;
  }

  /**
   * Returns an event that the mixer sent; empty if it is not published.
   *
   * @param departure why a removed member has left; empty if they have left by themselves
   */
  Optional<ConferenceEvent> happened(
      EventHeader header, MixerEvent.InRoom event, Optional<LeaveReason> departure) {
    return of(
        header,
        event,
        departure.map(LeaveReason::outcome).orElse(ConferenceOutcome.LEFT),
        Optional.empty());
  }

  /** Returns an event that the mixer could not send; empty if it is not published. */
  Optional<ConferenceEvent> lost(EventHeader header, MixerEvent.InRoom event, MixerLoss loss) {
    return of(header, event, ConferenceOutcome.ENDED, Optional.of(loss));
  }

  /** Returns an event that was missed, and found by a comparison with the mixer's snapshot. */
  ConferenceEvent repaired(EventHeader header, MixerEvent.InRoom missed, RepairCause cause) {
    return new ConferenceEvent.Repaired(header, cause, happened(header, missed, Optional.empty()));
  }

  private Optional<ConferenceEvent> of(
      EventHeader header,
      MixerEvent.InRoom event,
      ConferenceOutcome how,
      Optional<MixerLoss> loss) {
    return switch (event) {
      case MixerEvent.OfRoom ofRoom -> of(header, ofRoom, loss);
      case MixerEvent.OfMember ofMember -> {
        Member member = ofMember.member();
        CallVariables variables = callers.variables(member.call());
        yield switch (ofMember) {
          case MixerEvent.Added added ->
              Optional.of(new ConferenceEvent.MemberJoined(header, member, variables));
          case MixerEvent.Removed removed ->
              Optional.of(new ConferenceEvent.MemberLeft(header, member, variables, how, loss));
          case MixerEvent.Changed changed -> of(header, changed.what(), member, variables);
        };
      }
    };
  }

  private static Optional<ConferenceEvent> of(
      EventHeader header, MixerEvent.OfRoom event, Optional<MixerLoss> loss) {
    return switch (event) {
      case MixerEvent.Created created -> Optional.of(new ConferenceEvent.Started(header));
      case MixerEvent.Destroyed destroyed -> Optional.of(new ConferenceEvent.Ended(header, loss));
      case MixerEvent.Locked lock -> Optional.of(locked(header, lock.on()));
      case MixerEvent.PlayStarted play ->
          Optional.of(new ConferenceEvent.MediaStarted(header, play.media()));
      case MixerEvent.RecordingStarted started ->
          Optional.of(
              new ConferenceEvent.RecordingStarted(header, started.path(), started.failed()));
      case MixerEvent.RecordingStopped stopped ->
          Optional.of(
              new ConferenceEvent.RecordingStopped(
                  header, stopped.path(), Duration.ofMillis(stopped.millis()), stopped.bytes()));
      case MixerEvent.FloorChanged floor -> Optional.empty();
      case MixerEvent.PlayEnded play -> Optional.empty();
    };
  }

  private static Optional<ConferenceEvent> of(
      EventHeader header, MixerEvent.Change change, Member member, CallVariables variables) {
    return switch (change) {
      case MUTED -> Optional.of(new ConferenceEvent.MemberMuted(header, member, variables));
      case UNMUTED -> Optional.of(new ConferenceEvent.MemberUnmuted(header, member, variables));
      case DEAFENED -> Optional.of(new ConferenceEvent.MemberDeafened(header, member, variables));
      case UNDEAFENED ->
          Optional.of(new ConferenceEvent.MemberUndeafened(header, member, variables));
      case TALKING -> Optional.of(new ConferenceEvent.TalkingStarted(header, member, variables));
      case SILENT -> Optional.of(new ConferenceEvent.TalkingStopped(header, member, variables));
      case ENERGY -> Optional.of(new ConferenceEvent.EnergyLevelSet(header, member, variables));
      case TALK_VOLUME -> Optional.of(new ConferenceEvent.TalkVolumeSet(header, member, variables));
      case LISTEN_VOLUME ->
          Optional.of(new ConferenceEvent.ListenVolumeSet(header, member, variables));
      case KICKED, OTHER -> Optional.empty();
    };
  }

  /** Returns an event that did not come from the mixer. */
  ConferenceEvent noted(EventHeader header, Notice.Published notice) {
    return switch (notice) {
      case Notice.RoleSet(Member member) ->
          new ConferenceEvent.RoleSet(header, member, callers.variables(member.call()));
      case Notice.KeysPressed(Member member, String keys, String data) ->
          new ConferenceEvent.KeysPressed(
              header, member, callers.variables(member.call()), keys, data);
      case Notice.LimitSet(int seats) -> new ConferenceEvent.MaxParticipantsSet(header, seats);
      case Notice.BanSet(String number, boolean on) ->
          on
              ? new ConferenceEvent.NumberBanned(header, number)
              : new ConferenceEvent.NumberUnbanned(header, number);
      case Notice.LockSet(boolean on) -> locked(header, on);
      case Notice.VariablesSet set -> new ConferenceEvent.VariablesSet(header);
      case Notice.WaitingBegan(WaitingCaller caller) ->
          new ConferenceEvent.WaitingStarted(header, caller, callers.variables(caller.call()));
      case Notice.WaitingEnded(WaitingCaller caller, var reason) ->
          new ConferenceEvent.WaitingEnded(
              header, caller, callers.variables(caller.call()), reason);
      case Notice.StateKnown(var since, boolean known) ->
          new ConferenceEvent.StateChanged(header, known, since);
      case Notice.PinAttack attack -> new ConferenceEvent.PinAttack(header);
      case Notice.Moving(CallId call, var to) -> new ConferenceEvent.MemberMoving(header, call, to);
      case Notice.LimitUse(var use) -> new ConferenceEvent.AccountLimitUsed(header, use);
      case Notice.JoinDenied(
              CallId call,
              String number,
              String name,
              String conference,
              var reason) ->
          new ConferenceEvent.CallerRefused(header, call, number, name, conference, reason);
      case Notice.DialProgress(var leg, var status) ->
          new ConferenceEvent.DialProgress(header, leg, status);
    };
  }

  private static ConferenceEvent locked(EventHeader header, boolean on) {
    return on ? new ConferenceEvent.Locked(header) : new ConferenceEvent.Unlocked(header);
  }
}

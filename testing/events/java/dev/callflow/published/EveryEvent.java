package dev.callflow.published;

import dev.callflow.conference.action.DialStatus;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.event.CallVariables;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.event.EventHeader;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.observe.MixerLoss;
import dev.callflow.conference.observe.RepairCause;
import dev.callflow.conference.observe.WaitingCaller;
import dev.callflow.conference.observe.WaitingEnd;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.LimitEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One event of each type, for the tests of all modules that write or describe events. */
public final class EveryEvent {

  /** The conference of the events. */
  public static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");

  /** The time of the events. */
  public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static final EventHeader HEADER = new EventHeader(BOARD, "instance-7", 71, 17, TIME);

  /** The participant of the events. */
  public static final CallId ALICE = new CallId("call-of-alice");

  private static final Member MEMBER =
      new Member(
          ALICE,
          42,
          new Member.Party("Alice", "+4930111"),
          Member.Flags.NONE,
          new Member.Levels(317, 0, 0),
          TIME);
  private static final WaitingCaller CALLER = new WaitingCaller(ALICE, "Alice", "+4930111", TIME);
  private static final CallVariables VARIABLES =
      new CallVariables(
          Map.of("owner_id", "u-4711"), Map.of("ticket", "t-0815"), Optional.of("alice@acme"));

  /** One of the events. */
  public static final ConferenceEvent MUTED =
      new ConferenceEvent.MemberMuted(HEADER, MEMBER, VARIABLES);

  /** One event of each type, with a value for everything that it can have. */
  public static final List<ConferenceEvent> ALL =
      List.of(
          new ConferenceEvent.Started(HEADER),
          new ConferenceEvent.Ended(HEADER, Optional.of(MixerLoss.MIXER_LOST)),
          new ConferenceEvent.Locked(HEADER),
          new ConferenceEvent.Unlocked(HEADER),
          new ConferenceEvent.MemberJoined(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberLeft(
              HEADER,
              MEMBER,
              VARIABLES,
              ConferenceOutcome.ENDED,
              Optional.of(MixerLoss.MIXER_RESTARTED)),
          new ConferenceEvent.TalkingStarted(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.TalkingStopped(HEADER, MEMBER, VARIABLES),
          MUTED,
          new ConferenceEvent.MemberUnmuted(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberDeafened(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.MemberUndeafened(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.EnergyLevelSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.TalkVolumeSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.ListenVolumeSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.RoleSet(HEADER, MEMBER, VARIABLES),
          new ConferenceEvent.KeysPressed(HEADER, MEMBER, VARIABLES, "*73", "agenda"),
          new ConferenceEvent.MemberMoving(HEADER, ALICE, new RoomId(BOARD.account(), "huddle")),
          new ConferenceEvent.MediaStarted(HEADER, "welcome.wav"),
          new ConferenceEvent.RecordingStarted(HEADER, "/recordings/board.wav", false),
          new ConferenceEvent.RecordingStopped(
              HEADER, "/recordings/board.wav", Duration.ofMillis(5432), 86_912),
          new ConferenceEvent.DialProgress(
              HEADER,
              new DialledEndpoint("2001", "call-of-bob", "job-1", false, "USER_BUSY"),
              DialStatus.ERROR),
          new ConferenceEvent.MaxParticipantsSet(HEADER, 25),
          new ConferenceEvent.NumberBanned(HEADER, "+4930222"),
          new ConferenceEvent.NumberUnbanned(HEADER, "+4930222"),
          new ConferenceEvent.VariablesSet(HEADER),
          new ConferenceEvent.WaitingStarted(HEADER, CALLER, VARIABLES),
          new ConferenceEvent.WaitingEnded(HEADER, CALLER, VARIABLES, WaitingEnd.NO_MODERATOR),
          new ConferenceEvent.CallerRefused(
              HEADER, ALICE, "+4930111", "Alice", "board", ConferenceOutcome.BAD_PIN),
          new ConferenceEvent.PinAttack(HEADER),
          new ConferenceEvent.StateChanged(HEADER, false, TIME),
          new ConferenceEvent.Repaired(HEADER, RepairCause.MISSED_FLAG, Optional.of(MUTED)),
          new ConferenceEvent.AccountLimitUsed(
              HEADER,
              new LimitEvent(
                  BOARD.account(), Limit.DIALLED_LEGS, LimitEvent.State.REACHED, 49, 50)));

  private EveryEvent() {}
}

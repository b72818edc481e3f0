package dev.callflow.conference.room;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.core.call.CallId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A seat in a room. It is taken before the caller joins or the dialled leg rings, and released when
 * the caller has left. Owned by the room.
 */
final class Seat {

  final CallId call;
  final String number;
  final boolean moderator;

  /** Whether the seat counts against the limit. */
  final boolean counted;

  final boolean ghost;
  final boolean dialled;

  /** Whether the participant came on their own, and was not added by an operator. */
  final boolean caller;

  private boolean entered;
  private @Nullable LeaveReason departure;
  private @Nullable Move next;
  private boolean vacated;

  private Seat(
      CallId call,
      String number,
      boolean moderator,
      boolean counted,
      boolean ghost,
      boolean dialled,
      boolean caller) {
    this.call = call;
    this.number = CallerNumber.spelling(number);
    this.moderator = moderator;
    this.counted = counted;
    this.ghost = ghost;
    this.dialled = dialled;
    this.caller = caller;
  }

  static Seat of(JoinRequest request) {
    return new Seat(
        request.call(),
        request.number(),
        request.moderator(),
        request.counted(),
        false,
        false,
        true);
  }

  static Seat of(Invitation invitation) {
    return new Seat(
        invitation.call(),
        invitation.number(),
        invitation.moderator(),
        invitation.counted(),
        invitation.ghost(),
        invitation.dialled(),
        false);
  }

  void enter() {
    entered = true;
  }

  boolean hasEntered() {
    return entered;
  }

  boolean isRinging() {
    return dialled && !entered;
  }

  /**
   * Records why the caller is leaving; returns false if a reason has already been recorded, because
   * only the first one counts.
   */
  boolean depart(LeaveReason reason) {
    if (departure != null) {
      return false;
    }
    departure = reason;
    return true;
  }

  /** Called when the mixer reports that the participant has left the room. */
  void vacate() {
    vacated = true;
  }

  /** Called when the mixer reports that the participant is in the room after all. */
  void occupy() {
    vacated = false;
  }

  /** Returns whether the mixer has reported that the participant has left the room. */
  boolean isVacatedInMixer() {
    return vacated;
  }

  /** Returns whether the seat counts against the room's limit. */
  boolean counts() {
    return counted && !vacated;
  }

  /**
   * Returns whether the participant is leaving or has left, although their call has not yet
   * released the seat.
   */
  boolean isVacated() {
    return vacated || departure != null;
  }

  boolean isDeparting() {
    return departure != null;
  }

  Optional<LeaveReason> departure() {
    return Optional.ofNullable(departure);
  }

  /**
   * Records that the caller is being moved to another room; returns false if they have not entered
   * this room or are already leaving.
   */
  boolean move(Move move) {
    if (!entered || !depart(LeaveReason.MOVED)) {
      return false;
    }
    next = move;
    return true;
  }

  /** Called when a move has failed and the caller stays. */
  void stay() {
    if (departure == LeaveReason.MOVED) {
      departure = null;
      next = null;
    }
  }

  Optional<Move> next() {
    return Optional.ofNullable(next);
  }
}

package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;

/** Words refusals of actions. */
final class Refusals {

  private Refusals() {}

  /**
   * A part of the action is not what it must be.
   *
   * @param field the part, as the API names it
   * @param rule which rule is broken
   */
  static ActionResult invalid(String field, String rule, String message) {
    return new ActionResult.Refused(Reason.INVALID, field, rule, message);
  }

  /**
   * @param subject the id that is not known, or of whom it is not possible
   */
  static ActionResult refused(Reason reason, String subject, String message) {
    return new ActionResult.Refused(reason, subject, "", message);
  }

  static ActionResult unknownConference(String id) {
    return refused(Reason.UNKNOWN_CONFERENCE, id, "there is no such conference");
  }

  static ActionResult unknownParticipant(String id) {
    return refused(Reason.UNKNOWN_PARTICIPANT, id, "nobody of that id is in");
  }
}

package dev.callflow.conference.control;

import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ActionResult.Reason;
import dev.callflow.core.limit.Grant;

/** Creates refusals of actions. */
final class Refusals {

  private Refusals() {}

  /**
   * Refuses an action with an invalid property.
   *
   * @param field the property, as it is named in the API
   * @param rule the violated rule
   */
  static ActionResult invalid(String field, String rule, String message) {
    return new ActionResult.Refused(Reason.INVALID, field, rule, message);
  }

  /**
   * Refuses an action.
   *
   * @param subject the unknown id, or the id of the participant or conference that the reason
   *     concerns
   */
  static ActionResult refused(Reason reason, String subject, String message) {
    return new ActionResult.Refused(reason, subject, "", message);
  }

  static ActionResult limit(Grant.Reached reached) {
    return refused(Reason.LIMIT, reached.limit().key(), reached.message());
  }

  static ActionResult unknownConference(String id) {
    return refused(Reason.UNKNOWN_CONFERENCE, id, "there is no such conference");
  }

  static ActionResult unknownParticipant(String id) {
    return refused(Reason.UNKNOWN_PARTICIPANT, id, "no participant has that id");
  }
}

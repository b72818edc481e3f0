package dev.callflow.conference.action;

import java.util.List;

/** The result of a {@link ConferenceAction}. */
public sealed interface ActionResult {

  /**
   * The action was performed, as confirmed by an event or a snapshot of the mixer or, if neither
   * can show the effect, by the mixer's reply to the command. This is also the result if there was
   * nothing to do because the conference is stored but not running.
   *
   * @param dialled the result of each dialled leg, in the order of the request; empty for actions
   *     that do not dial
   */
  record Done(List<DialledEndpoint> dialled) implements ActionResult {

    /** Copies the results. */
    public Done {
      dialled = List.copyOf(dialled);
    }
  }

  /**
   * The action was refused, and nothing has changed.
   *
   * @param reason the reason for the refusal
   * @param field the invalid property of the action (for instance {@code media_id} or {@code
   *     endpoints.2}), or the unknown id; may be empty
   * @param rule for {@link Reason#INVALID}, the violated rule, for instance {@code required},
   *     {@code type} or {@code maximum}; otherwise empty
   * @param message a description of the problem in English, without secrets
   */
  record Refused(Reason reason, String field, String rule, String message)
      implements ActionResult {}

  /**
   * It is unknown whether the action was performed: neither a reply nor the effect arrived in time.
   * It is safe to try again.
   *
   * @param why the explanation, without secrets
   */
  record Unknown(String why) implements ActionResult {}

  /** The reasons why an action can be refused. */
  enum Reason {
    /** The account has no such conference, neither stored nor running. */
    UNKNOWN_CONFERENCE,
    /** No participant has that id. */
    UNKNOWN_PARTICIPANT,
    /** The account has no media document with that id, and there is no prompt with that name. */
    UNKNOWN_MEDIA,
    /** A property of the action is invalid. */
    INVALID,
    /**
     * The state of the conference does not allow the action, for instance because the conference is
     * full or Callflow does not control the leg.
     */
    NOT_POSSIBLE,
    /** The mixer refused the action. */
    BY_MIXER,
    /** The account has reached a limit; the field is the limit's name, the message its value. */
    LIMIT
  }
}

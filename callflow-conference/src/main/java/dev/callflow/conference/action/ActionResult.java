package dev.callflow.conference.action;

import java.util.List;

/** The result of a {@link ConferenceAction}. */
public sealed interface ActionResult {

  /**
   * It is done: the mixer's events or its snapshot show it (what they cannot show, the mixer's
   * answer to just that command). Also where there was nothing to do, since the conference is
   * stored and does not run.
   *
   * @param dialled of a dial, one row for each leg, in the order of the request; else empty
   */
  record Done(List<DialledEndpoint> dialled) implements ActionResult {

    /** Copies the rows. */
    public Done {
      dialled = List.copyOf(dialled);
    }
  }

  /**
   * It was refused, and nothing has changed.
   *
   * @param reason why
   * @param field what is wrong: the name of a key of the action ({@code media_id}, {@code
   *     endpoints.2}), or the id that is not known; may be empty
   * @param rule of {@link Reason#INVALID}, which rule is broken: {@code required}, {@code type},
   *     {@code enum}, {@code pattern}, {@code minimum}, {@code maximum}, {@code minItems}; else
   *     empty
   * @param message what is wrong, in English, without secrets
   */
  record Refused(Reason reason, String field, String rule, String message)
      implements ActionResult {}

  /**
   * It is unknown whether it was done: neither an answer nor its effect came in time. Asking again
   * is safe.
   *
   * @param why without secrets
   */
  record Unknown(String why) implements ActionResult {}

  /** Why an action is refused. */
  enum Reason {
    /** The account has no such conference, neither stored nor running. */
    UNKNOWN_CONFERENCE,
    /** No participant has that id. */
    UNKNOWN_PARTICIPANT,
    /** The account has no medium of that id, and no prompt is called so. */
    UNKNOWN_MEDIA,
    /** A part of the action is not what it must be. */
    INVALID,
    /** The conference's state does not allow it: it is full, or the leg is not ours. */
    NOT_POSSIBLE,
    /** The mixer has refused it. */
    BY_MIXER
  }
}

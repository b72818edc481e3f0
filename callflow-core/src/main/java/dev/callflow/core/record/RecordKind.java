package dev.callflow.core.record;

/** The kinds of records. */
public enum RecordKind {
  /** A call that has ended. The subject is the called number. */
  CALL,
  /** A conference that is running or has ended. The subject is the conference's id. */
  CONFERENCE,
  /**
   * A conference that a host has seen running; the id is that of the conference's record, and the
   * time is when it was last seen.
   */
  RUNNING,
  /** A participant's visit to a conference. The subject is the id of the conference's record. */
  PARTICIPANT,
  /** A caller who was not let into a conference. The subject is the conference's id. */
  REFUSAL,
  /** A recording. The subject is the conference's id. */
  RECORDING,
  /** A change or an action that a client has requested. The subject is the token's id. */
  AUDIT,
  /**
   * A token for the API. The id is its hash. If the content has {@code expires}, a time such as
   * {@code 2027-01-31T12:00:00Z}, the retention removes the record after it.
   */
  TOKEN,
  /** What a user's or an API key's credentials are checked with. */
  CREDENTIAL,
  /** An event that is still to be delivered to a webhook. The subject is the webhook's id. */
  PENDING_DELIVERY,
  /** An attempt to deliver an event to a webhook. The subject is the webhook's id. */
  DELIVERY
}

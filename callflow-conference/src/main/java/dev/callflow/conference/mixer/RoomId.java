package dev.callflow.conference.mixer;

import dev.callflow.core.document.AccountId;

/**
 * The id of a room: a conference within an account. Rooms with the same name in two accounts are
 * different rooms.
 *
 * @param account the account
 * @param conference the id of the conference, or the name of an ad-hoc room; any non-empty string
 */
public record RoomId(AccountId account, String conference) {

  /** Rejects an empty conference. */
  public RoomId {
    if (conference.isEmpty()) {
      throw new IllegalArgumentException("a room must have a name");
    }
  }

  @Override
  public String toString() {
    return account + "/" + conference;
  }
}

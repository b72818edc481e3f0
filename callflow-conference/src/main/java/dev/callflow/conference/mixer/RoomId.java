package dev.callflow.conference.mixer;

import dev.callflow.core.document.AccountId;

/**
 * Names a room: a conference within an account. The same name in two accounts is two rooms.
 *
 * @param account the account
 * @param conference the conference's id, or an ad-hoc room's own name; any text, not empty
 */
public record RoomId(AccountId account, String conference) {

  /** Refuses an empty conference. */
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

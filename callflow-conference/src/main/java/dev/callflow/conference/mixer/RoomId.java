package dev.callflow.conference.mixer;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.OneLine;

/**
 * The id of a room: an account and the id of a conference within it. Rooms with the same name in
 * two accounts are different rooms.
 *
 * @param account the account
 * @param conference the id of the conference, or the name of an ad-hoc room; any non-empty string
 */
public record RoomId(AccountId account, String conference) {

  /** Rejects an empty conference id. */
  public RoomId {
    if (conference.isEmpty()) {
      throw new IllegalArgumentException("the conference id of a room must not be empty");
    }
  }

  @Override
  public String toString() {
    return OneLine.of(account + "/" + conference);
  }
}

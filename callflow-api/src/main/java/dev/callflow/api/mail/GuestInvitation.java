package dev.callflow.api.mail;

import dev.callflow.conference.mixer.RoomId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An invitation to a conference. None of its texts but the message has control characters.
 *
 * @param room which conference
 * @param name what the conference is called; its id if it has no name
 * @param link where it is joined
 * @param message what the inviting says; may have lines
 * @param guests the addresses of those who are invited
 * @param settings {@code conferences.email_invite} of the account's configuration; empty if there
 *     is none. Must not be changed
 */
public record GuestInvitation(
    RoomId room,
    String name,
    String link,
    String message,
    List<String> guests,
    ObjectNode settings) {

  /** Copies the list. */
  public GuestInvitation {
    guests = List.copyOf(guests);
  }

  /** Shows nobody's address, and nothing of what is said. */
  @Override
  public String toString() {
    return guests.size() + " invitations to " + room;
  }
}

package dev.callflow.api.mail;

import dev.callflow.conference.mixer.RoomId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An invitation to a conference. Only the message may contain control characters, namely line
 * breaks and tabs.
 *
 * @param room the conference
 * @param name the name of the conference; its id if it has no name
 * @param link the link for joining the conference
 * @param message the personal message to the guests; may have several lines
 * @param guests the email addresses of the guests
 * @param settings {@code conferences.email_invite} of the account's configuration; empty if there
 *     is none. Must not be modified
 */
public record GuestInvitation(
    RoomId room,
    String name,
    String link,
    String message,
    List<String> guests,
    ObjectNode settings) {

  /** Copies the list of guests. */
  public GuestInvitation {
    guests = List.copyOf(guests);
  }

  /** Omits addresses and contents. */
  @Override
  public String toString() {
    return guests.size() + " invitations to " + room;
  }
}

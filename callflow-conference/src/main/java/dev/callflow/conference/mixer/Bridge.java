package dev.callflow.conference.mixer;

/**
 * How a leg on one switch reaches a room on another one (docs/spec/conference.md#several-switches).
 *
 * @param token names this way; known to nobody else
 * @param address the other switch, for SIP: a host, perhaps with a port
 * @param username with which the other switch lets it in; may be empty
 * @param password with which it does; may be empty
 * @param moderator whether the caller is a moderator
 */
public record Bridge(
    String token, String address, String username, String password, boolean moderator) {

  /** Hides token and password. */
  @Override
  public String toString() {
    return "Bridge[address=" + address + ", moderator=" + moderator + "]";
  }
}

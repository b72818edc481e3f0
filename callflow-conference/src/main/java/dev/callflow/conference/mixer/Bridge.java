package dev.callflow.conference.mixer;

/**
 * The route by which a leg on one switch reaches a room on another
 * (docs/spec/conference.md#several-switches).
 *
 * @param token the secret token that identifies the leg to the other switch
 * @param address the SIP address of the other switch: a host, optionally with a port
 * @param username the user name that the other switch accepts; may be empty
 * @param password the password that the other switch accepts; may be empty
 * @param moderator whether the caller is a moderator
 */
public record Bridge(
    String token, String address, String username, String password, boolean moderator) {

  /** Omits the token and the credentials. */
  @Override
  public String toString() {
    return "Bridge[address=" + address + ", moderator=" + moderator + "]";
  }
}

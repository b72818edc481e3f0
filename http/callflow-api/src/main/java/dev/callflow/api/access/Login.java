package dev.callflow.api.access;

/**
 * A client's access, with the token that gave it. As long as the client is connected, the token is
 * checked again from time to time.
 *
 * @param access the access
 * @param token the token; a secret
 */
public record Login(Access access, String token) {

  /** Omits the token. */
  @Override
  public String toString() {
    return access.toString();
  }
}

package dev.callflow.api.access;

/**
 * A client's access, with the token that gave it. As long as the client is connected, the token is
 * checked again from time to time.
 *
 * @param access the access
 * @param token the token; a secret
 */
public record Login(Access access, String token) {

  /**
   * Returns the id of the token, which is not a secret.
   *
   * @return 12 hexadecimal digits
   */
  public String tokenId() {
    return HashedTokens.id(token);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return access.toString();
  }
}

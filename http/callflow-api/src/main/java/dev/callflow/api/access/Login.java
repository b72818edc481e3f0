package dev.callflow.api.access;

/**
 * A client's access, with the token that gave it. As long as the client is connected, the token is
 * checked again from time to time.
 *
 * @param access the access
 * @param token the token; a secret
 */
public record Login(Access access, String token) {

  private static final int ID_LENGTH = 12;

  /**
   * Returns an id by which logs name the token.
   *
   * @return the first 12 hexadecimal digits of the token's SHA-256 hash
   */
  public String tokenId() {
    return HashedTokens.hash(token).substring(0, ID_LENGTH);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return access.toString();
  }
}

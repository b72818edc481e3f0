package dev.callflow.api.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A hash of {@code user:password}, which clients of Kazoo send instead of the password. It is as
 * good as the password, so it is a secret.
 *
 * @param method the hash function
 * @param hex the hash in hexadecimal digits, in lower case
 */
public record Digest(Method method, String hex) {

  /** The hash functions. */
  public enum Method {
    /** MD5, 32 digits. */
    MD5("md5", "MD5", 32),
    /** SHA-1, 40 digits. */
    SHA1("sha", "SHA-1", 40);

    private final String key;
    private final String algorithm;
    private final int digits;

    Method(String key, String algorithm, int digits) {
      this.key = key;
      this.algorithm = algorithm;
      this.digits = digits;
    }

    /**
     * Returns the name in requests.
     *
     * @return {@code md5} or {@code sha}
     */
    public String key() {
      return key;
    }

    /**
     * Finds a method by its name in requests.
     *
     * @param key the name
     * @return the method; empty if there is none with this name
     */
    public static Optional<Method> of(String key) {
      return Stream.of(values()).filter(method -> method.key.equals(key)).findFirst();
    }
  }

  /**
   * Changes the digits to lower case.
   *
   * @throws IllegalArgumentException if the hash does not have the digits of its method; the
   *     message does not contain it
   */
  public Digest {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + method.digits + "}")) {
      throw new IllegalArgumentException(
          "the " + method.algorithm + " hash must have " + method.digits + " hexadecimal digits");
    }
  }

  /**
   * Reads a hash.
   *
   * @param method the hash function
   * @param hex the hash
   * @return the digest; empty if the hash does not have the digits of the method
   */
  public static Optional<Digest> read(Method method, String hex) {
    return hex.matches("[0-9a-fA-F]{" + method.digits + "}")
        ? Optional.of(new Digest(method, hex))
        : Optional.empty();
  }

  /**
   * Hashes a user's name and password.
   *
   * @param method the hash function
   * @param username the user's name
   * @param password the password
   * @return the digest
   */
  public static Digest of(Method method, String username, String password) {
    try {
      byte[] hash =
          MessageDigest.getInstance(method.algorithm)
              .digest((username + ":" + password).getBytes(StandardCharsets.UTF_8));
      return new Digest(method, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(method.algorithm + " is missing from this Java runtime", e);
    }
  }

  /** Omits the hash. */
  @Override
  public String toString() {
    return "a " + method.algorithm + " digest";
  }
}

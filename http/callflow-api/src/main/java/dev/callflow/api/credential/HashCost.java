package dev.callflow.api.credential;

/**
 * How much work the hash of a password is (Argon2id, RFC 9106). All hosts with the same store must
 * use the same cost; after a change, all passwords must be set again.
 *
 * @param memoryKib the memory in KiB, at least 8
 * @param passes the number of passes over the memory, at least 1
 */
public record HashCost(int memoryKib, int passes) {

  /** The least that OWASP recommends: 19 MiB and two passes. */
  public static final HashCost STANDARD = new HashCost(19 * 1_024, 2);

  private static final int MIN_MEMORY = 8;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is too small
   */
  public HashCost {
    if (memoryKib < MIN_MEMORY || passes < 1) {
      throw new IllegalArgumentException(
          "the memory must be at least 8 KiB and the passes at least 1, but they are "
              + memoryKib
              + " and "
              + passes);
    }
  }
}

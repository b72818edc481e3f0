package dev.callflow.core.document;

/**
 * Identifies an account. All documents are looked up within an account.
 *
 * @param value the id, not empty
 */
public record AccountId(String value) {

  /** Refuses an empty id. */
  public AccountId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an account id must not be empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.callflow.core.document;

/**
 * Names an account; everything that is looked up is looked up within one.
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

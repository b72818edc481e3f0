package dev.callflow.core.call;

/**
 * Identifies one leg of a call by the id that the switch uses (in FreeSWITCH, the channel's UUID).
 *
 * @param value the id, not empty
 */
public record CallId(String value) {

  /** Refuses an empty id. */
  public CallId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a call id must not be empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

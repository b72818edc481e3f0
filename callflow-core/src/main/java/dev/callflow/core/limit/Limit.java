package dev.callflow.core.limit;

/** What an account may use only up to a maximum. */
public enum Limit {
  /** Calls in progress at the same time. */
  CALLS("calls", "concurrent calls", 200),
  /** Rooms that are open at the same time, stored or ad hoc. */
  ROOMS("rooms", "concurrent rooms", 100),
  /** Rooms without a stored conference that are open at the same time. */
  AD_HOC_ROOMS("ad_hoc_rooms", "concurrent ad-hoc rooms", 50),
  /** Legs that conferences have dialled, from the moment they are dialled until they end. */
  DIALLED_LEGS("dialled_legs", "concurrent dialled legs", 50),
  /** Legs that conferences dial within any period of one minute. */
  DIALS_PER_MINUTE("dials_per_minute", "dials per minute", 60),
  /** Minutes of recording in a day, which begins at midnight UTC; concurrent recordings add up. */
  RECORDING_MINUTES("recording_minutes_per_day", "minutes of recording per day", 600);

  private final String key;
  private final String words;
  private final int standard;

  Limit(String key, String words, int standard) {
    this.key = key;
    this.words = words;
    this.standard = standard;
  }

  /**
   * Returns the name of the limit in configurations, events and messages.
   *
   * @return the name, for instance {@code dialled_legs}
   */
  public String key() {
    return key;
  }

  /**
   * Returns a description for messages.
   *
   * @return the description, for instance {@code concurrent dialled legs}
   */
  public String words() {
    return words;
  }

  /**
   * Returns the maximum that applies if none is configured.
   *
   * @return the maximum
   */
  public int standard() {
    return standard;
  }
}

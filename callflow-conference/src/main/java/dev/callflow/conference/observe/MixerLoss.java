package dev.callflow.conference.observe;

import java.util.Locale;

/** Why the mixer could not report the end of a room or of a membership. */
public enum MixerLoss {
  /** The mixer's process was restarted. */
  MIXER_RESTARTED,
  /** The mixer could not be reached for too long. */
  MIXER_LOST;

  /**
   * Returns the name in events.
   *
   * @return the name, for instance {@code mixer_lost}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

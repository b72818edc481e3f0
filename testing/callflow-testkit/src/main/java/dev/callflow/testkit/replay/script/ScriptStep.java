package dev.callflow.testkit.replay.script;

import java.time.Duration;

/**
 * One step of a caller.
 *
 * @param place its place in the file, a JSON pointer
 * @param when what the caller waits for
 * @param after how long the caller then still waits
 * @param action what the caller does
 */
public record ScriptStep(String place, Trigger when, Duration after, ScriptAction action) {

  /** How long a caller waits after the trigger unless the case says so. */
  static final Duration USUAL_PAUSE = Duration.ofMillis(200);

  /** The time between two keys. */
  public static final Duration BETWEEN_KEYS = Duration.ofMillis(100);
}

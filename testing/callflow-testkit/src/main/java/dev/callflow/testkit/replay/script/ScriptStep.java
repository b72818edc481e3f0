package dev.callflow.testkit.replay.script;

import java.time.Duration;

/**
 * One step of a caller.
 *
 * @param place the JSON pointer of the step in the file
 * @param when the trigger that the caller waits for
 * @param after the pause between the trigger and the action
 * @param action the action of the caller
 */
public record ScriptStep(String place, Trigger when, Duration after, ScriptAction action) {

  /** The default pause between the trigger and the action. */
  static final Duration DEFAULT_PAUSE = Duration.ofMillis(200);

  /** The time between two keys. */
  public static final Duration BETWEEN_KEYS = Duration.ofMillis(100);
}

package dev.callflow.testkit.replay.script;

import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A call of a case.
 *
 * @param name the name of the call in the case
 * @param at the time at which the call arrives, since the start of the case
 * @param account the account that the call belongs to
 * @param to the dialled number
 * @param from the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param variables the variables of the channel
 * @param does the steps of the caller
 */
public record ScriptedCaller(
    String name,
    Duration at,
    AccountId account,
    String to,
    String from,
    String callerName,
    Map<String, String> variables,
    List<ScriptStep> does) {

  /**
   * Returns the id of a call by its name. It has no dashes, so that no part of it can be mistaken
   * for a PIN.
   */
  public static CallId id(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new CallId(uuid.toString().replace("-", ""));
  }

  public CallId id() {
    return id(name);
  }
}

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
 * @param name its name in the case
 * @param at when it arrives
 * @param account the account it belongs to
 * @param to the number that is dialled
 * @param from the caller's number; may be empty
 * @param callerName the caller's name; may be empty
 * @param variables the channel's variables
 * @param does what the caller does
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
   * The id of a call. Without dashes, so that no part of it can be taken for a word, as a PIN is.
   */
  public static CallId id(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new CallId(uuid.toString().replace("-", ""));
  }

  public CallId id() {
    return id(name);
  }
}

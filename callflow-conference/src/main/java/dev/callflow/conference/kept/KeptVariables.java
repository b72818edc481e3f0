package dev.callflow.conference.kept;

import dev.callflow.core.call.CallId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Bans, roles, the limit and the results of actions, as variables of the mixer's room: they last as
 * long as the room, and a restarted host finds them there. Each has a variable of its own, so that
 * two changes cannot overwrite each other.
 *
 * @param revision the {@linkplain KeptSettings#revision revision} of the settings; 0 if unknown
 * @param bans the banned numbers
 * @param roles the roles that operators have assigned, by call; true for a moderator
 * @param limit the number of seats that an operator has set; 0 for no limit, empty if none has been
 *     set
 * @param results the results of actions as text, by the digests of their idempotency keys
 * @param others the variables that operators have set, without the prefix {@link #PREFIX}
 */
public record KeptVariables(
    long revision,
    Set<String> bans,
    Map<CallId, Boolean> roles,
    OptionalInt limit,
    Map<String, String> results,
    Map<String, String> others) {

  /** The prefix of these variables; variables that operators set must not begin with it. */
  public static final String PREFIX = "callflow_";

  private static final String BAN = PREFIX + "ban_";
  private static final String ROLE = PREFIX + "role_";
  private static final String RESULT = PREFIX + "done_";
  private static final String LIMIT = PREFIX + "limit";
  private static final String REVISION = PREFIX + "revision";
  private static final int NAME_DIGITS = 32;

  /** Copies the sets and maps. */
  public KeptVariables {
    bans = Set.copyOf(bans);
    roles = Map.copyOf(roles);
    results = Map.copyOf(results);
    others = Map.copyOf(others);
  }

  /**
   * Reads the variables of a room.
   *
   * @param variables the values of the variables, by name
   * @return the settings and results that they contain
   */
  public static KeptVariables of(Map<String, String> variables) {
    Set<String> bans = new HashSet<>();
    Map<CallId, Boolean> roles = new HashMap<>();
    Map<String, String> results = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    variables.forEach((name, value) -> {
      int dot = value.indexOf('.');
      if (name.startsWith(BAN)) {
        bans.add(decoded(value));
      } else if (name.startsWith(ROLE) && dot > 0 && dot + 1 < value.length()) {
        roles.put(
            new CallId(decoded(value.substring(dot + 1))),
            Boolean.parseBoolean(value.substring(0, dot)));
      } else if (name.startsWith(RESULT)) {
        results.put(name.substring(RESULT.length()), value);
      } else if (!name.startsWith(PREFIX)) {
        others.put(name, value);
      }
    });
    String limit = variables.getOrDefault(LIMIT, "");
    String revision = variables.getOrDefault(REVISION, "");
    return new KeptVariables(
        revision.matches("\\d{1,18}") ? Long.parseLong(revision) : 0,
        bans,
        roles,
        limit.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(limit)) : OptionalInt.empty(),
        results,
        others);
  }

  /**
   * Returns the variable for a ban. An empty value, which removes the variable, lifts the ban.
   *
   * @param number the caller number, in the spelling in which numbers are compared
   * @param on whether the number is banned
   * @return the variable's name and value
   */
  public static Map<String, String> ban(String number, boolean on) {
    return Map.of(BAN + digest(number), on ? encoded(number) : "");
  }

  /** Returns the variable for a role that an operator has assigned. */
  public static Map<String, String> role(CallId call, boolean moderator) {
    return Map.of(ROLE + digest(call.value()), moderator + "." + encoded(call.value()));
  }

  /** Returns the variable for the number of seats that an operator has set; 0 for no limit. */
  public static Map<String, String> limit(int seats) {
    return Map.of(LIMIT, String.valueOf(seats));
  }

  /** Returns the variable for the revision of the settings. */
  public static Map<String, String> revision(long revision) {
    return Map.of(REVISION, String.valueOf(revision));
  }

  /**
   * Returns the variable for an action's result.
   *
   * @param digest the digest of the action's idempotency key
   * @param result the result as text; empty to remove the variable
   */
  public static Map<String, String> result(String digest, String result) {
    return Map.of(RESULT + digest, result);
  }

  /** Returns the settings and results; the lock is not among the variables. */
  public KeptSettings settings(boolean locked) {
    return new KeptSettings(revision, locked, limit, bans, others, results);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Returns a digest of a text, for use in the name of a variable; its length is fixed. */
  public static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

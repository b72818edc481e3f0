package dev.callflow.store;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in a URL of H2: which ones may stand there, and which ones the store adds.
 *
 * <p>H2 has some hundred settings, and several lose or damage what was acknowledged ({@code
 * WRITE_DELAY}, {@code FILE_LOCK=NO}), run SQL ({@code INIT}) or change how texts are compared. So
 * those that do no harm are listed, with the values that do none, and all others are refused.
 */
final class H2Settings {

  private static final String NUMBER = "-?\\d{1,9}";
  private static final String YES_OR_NO = "TRUE|FALSE";

  private static final Map<String, Pattern> ALLOWED =
      new TreeMap<>(
          Map.of(
              "CACHE_SIZE", Pattern.compile(NUMBER),
              "CIPHER", Pattern.compile("[A-Z0-9]{1,16}"),
              "DB_CLOSE_DELAY", Pattern.compile(NUMBER),
              "DB_CLOSE_ON_EXIT", Pattern.compile(YES_OR_NO),
              "FORBID_CREATION", Pattern.compile(YES_OR_NO),
              "IFEXISTS", Pattern.compile(YES_OR_NO),
              "LOCK_TIMEOUT", Pattern.compile(NUMBER),
              "TRACE_LEVEL_FILE", Pattern.compile("0"),
              "WRITE_DELAY", Pattern.compile("0")));

  private H2Settings() {}

  /**
   * Checks the settings of a URL without user and password.
   *
   * @throws IllegalArgumentException if one is not allowed; the message has no value but that of
   *     WRITE_DELAY
   */
  static void check(String url) {
    List<String> parts = List.of(url.split(";", -1));
    for (String part : parts.subList(1, parts.size())) {
      if (!part.isEmpty()) {
        check(part.toUpperCase(Locale.ROOT), part.indexOf('='));
      }
    }
  }

  private static void check(String setting, int equals) {
    String name = equals < 0 ? "" : setting.substring(0, equals);
    Pattern allowed = ALLOWED.get(name);
    if (allowed != null && allowed.matcher(setting.substring(equals + 1)).matches()) {
      return;
    }
    if (setting.matches("WRITE_DELAY=" + NUMBER)) {
      throw new IllegalArgumentException(
          "the H2 setting "
              + setting
              + " is refused: a host that is killed would lose changes that it has acknowledged."
              + " Leave WRITE_DELAY out, or set it to 0");
    }
    throw new IllegalArgumentException(
        (name.matches("[A-Z_]+")
                ? "the H2 setting " + name + " is refused, or its value is"
                : "the H2 URL has a part that is no setting")
            + ": acknowledged changes are known to be safe with these settings only: "
            + String.join(", ", ALLOWED.keySet())
            + ", of which WRITE_DELAY and TRACE_LEVEL_FILE must be 0");
  }

  /** Adds to a URL what the store wants of H2, as far as the URL does not say something else. */
  static String complete(String url, Duration deadline) {
    List<String> wanted =
        List.of(
            // A change that was answered is in the file, also if the process is killed next.
            "WRITE_DELAY=0",
            "LOCK_TIMEOUT=" + deadline.toMillis(),
            // The store says when it is closed.
            "DB_CLOSE_ON_EXIT=FALSE",
            // No file beside the database with what went wrong.
            "TRACE_LEVEL_FILE=0");
    String known = url.toUpperCase(Locale.ROOT);
    StringBuilder complete = new StringBuilder(url);
    for (String setting : wanted) {
      if (!known.contains(";" + setting.substring(0, setting.indexOf('=') + 1))) {
        complete.append(';').append(setting);
      }
    }
    return complete.toString();
  }
}

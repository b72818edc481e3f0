package dev.callflow.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks the settings in an H2 URL and adds the ones that the store requires.
 *
 * <p>H2 has about a hundred settings. With some of them, acknowledged changes can be lost or
 * damaged ({@code WRITE_DELAY}, {@code FILE_LOCK=NO}); others run SQL ({@code INIT}) or change how
 * strings are compared. Therefore only harmless settings and values are allowed.
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
   * Checks the settings of a URL that no longer contains the user and password.
   *
   * @throws IllegalArgumentException if a setting is not allowed; the message quotes no value
   *     except that of WRITE_DELAY
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
              + " is refused, because acknowledged changes would be lost if the host were killed."
              + " Remove WRITE_DELAY or set it to 0");
    }
    throw new IllegalArgumentException(
        (name.matches("[A-Z_]+")
                ? "the H2 setting " + name + " or its value is not allowed"
                : "the H2 URL contains a part that is not a setting")
            + "; the allowed settings are "
            + String.join(", ", ALLOWED.keySet())
            + "; WRITE_DELAY and TRACE_LEVEL_FILE must be 0");
  }

  /**
   * Checks the settings of an open database.
   *
   * @throws IllegalArgumentException if acknowledged changes could be lost
   */
  static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet delay =
            statement.executeQuery(
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'WRITE_DELAY'")) {
      if (delay.next() && !delay.getString(1).equals("0")) {
        throw new IllegalArgumentException(
            "the H2 database of the DataSource has a WRITE_DELAY of "
                + delay.getString(1)
                + " ms, so acknowledged changes would be lost if the host were killed."
                + " Add ;WRITE_DELAY=0 to its URL");
      }
    }
  }

  /** Adds the settings that the store requires, unless the URL contains them. */
  static String complete(String url, Duration deadline) {
    List<String> required =
        List.of(
            // Write changes to the file before they are acknowledged.
            "WRITE_DELAY=0",
            "LOCK_TIMEOUT=" + deadline.toMillis(),
            // The store closes the database itself.
            "DB_CLOSE_ON_EXIT=FALSE",
            // Do not write a trace file beside the database.
            "TRACE_LEVEL_FILE=0");
    String known = url.toUpperCase(Locale.ROOT);
    StringBuilder complete = new StringBuilder(url);
    for (String setting : required) {
      if (!known.contains(";" + setting.substring(0, setting.indexOf('=') + 1))) {
        complete.append(';').append(setting);
      }
    }
    return complete.toString();
  }
}

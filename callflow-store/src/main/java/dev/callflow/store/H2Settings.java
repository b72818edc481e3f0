package dev.callflow.store;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What we want of H2, as long as the URL does not say something else. */
final class H2Settings {

  private H2Settings() {}

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

package dev.callflow.testkit.replay.text;

import java.util.List;
import java.util.Locale;

/** Writes an expected and an actual list side by side. */
public final class SideBySide {

  private SideBySide() {}

  public static String text(List<String> expected, List<Timed<String>> actual) {
    int width =
        Math.max("expected".length(), expected.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder text = new StringBuilder(line("  #", "expected", width, "was"));
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String required = i < expected.size() ? expected.get(i) : "-";
      String was = i < actual.size() ? actual.get(i).value() : "-";
      String when = i < actual.size() ? " at " + Durations.text(actual.get(i).at()) : "";
      String mark = required.equals(was) ? "" : "   <-";
      text.append('\n')
          .append(
              line(String.format(Locale.ROOT, "%3d", i + 1), required, width, was + when + mark));
    }
    return text.toString();
  }

  private static String line(String number, String left, int width, String right) {
    return number + "  " + left + " ".repeat(width - Math.min(width, left.length()) + 2) + right;
  }
}

package dev.callflow.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the differences between a switch and one recording, except for the accepted ones. */
final class Differences {

  private final AcceptedDifferences accepted;
  private final String recording;
  private final Map<String, Integer> found = new LinkedHashMap<>();

  Differences(String recording, AcceptedDifferences accepted) {
    this.recording = recording;
    this.accepted = accepted;
  }

  /** Returns whether all expected frames have arrived, except for those accepted as missing. */
  boolean holdsAll(List<Frame> expected, List<Frame> received) {
    Map<String, Integer> counts = new HashMap<>();
    received.forEach(frame -> counts.merge(frame.kind(), 1, Integer::sum));
    for (Frame frame : expected) {
      int left = counts.merge(frame.kind(), -1, Integer::sum);
      if (left < 0 && !accepted.knows(recording, "missing " + frame.kind())) {
        return false;
      }
    }
    return true;
  }

  void missing(String connection, Frame frame) {
    add("missing " + frame.kind() + sound(frame));
  }

  void extra(String connection, Frame frame) {
    add("extra " + frame.kind() + sound(frame));
  }

  private static String sound(Frame frame) {
    return frame.kind().endsWith(" play-file-done") ? " " + frame.value("File") : "";
  }

  void header(String connection, String kind, String header, String what) {
    add(kind + ": " + header + ": " + what);
  }

  void text(String connection, String kind, String expected, String actual) {
    add(kind + ": has «" + actual + "», not «" + expected + "»");
  }

  private void add(String difference) {
    if (!accepted.accepts(recording, difference)) {
      found.merge(difference, 1, Integer::sum);
    }
  }

  /** Returns the differences that are not accepted, each with the number of its occurrences. */
  List<String> unaccepted() {
    List<String> all = new ArrayList<>();
    found.forEach(
        (difference, times) -> all.add((times > 1 ? times + " times: " : "") + difference));
    return all;
  }
}

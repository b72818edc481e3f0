package dev.callflow.simulator.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs, and what of it is accepted. */
final class Differences {

  private final AcceptedDifferences accepted;
  private final String recording;
  private final Map<String, Integer> found = new LinkedHashMap<>();

  Differences(String recording, AcceptedDifferences accepted) {
    this.recording = recording;
    this.accepted = accepted;
  }

  /** Whether everything that is wanted has come, but for what is accepted to be missing. */
  boolean holdsAll(List<Frame> wanted, List<Frame> came) {
    Map<String, Integer> counts = new HashMap<>();
    came.forEach(frame -> counts.merge(frame.kind(), 1, Integer::sum));
    for (Frame frame : wanted) {
      int left = counts.merge(frame.kind(), -1, Integer::sum);
      if (left < 0 && !accepted.knows(recording, "lacks " + frame.kind())) {
        return false;
      }
    }
    return true;
  }

  void missing(String connection, Frame frame) {
    add("lacks " + frame.kind() + sound(frame));
  }

  void extra(String connection, Frame frame) {
    add("has in excess " + frame.kind() + sound(frame));
  }

  private static String sound(Frame frame) {
    return frame.kind().endsWith(" play-file-done") ? " " + frame.value("File") : "";
  }

  void header(String connection, String kind, String header, String what) {
    add(kind + ": " + header + ": " + what);
  }

  void text(String connection, String kind, String wanted, String came) {
    add(kind + ": has «" + came + "», not «" + wanted + "»");
  }

  private void add(String difference) {
    if (!accepted.accepts(recording, difference)) {
      found.merge(difference, 1, Integer::sum);
    }
  }

  /** The differences that nobody has accepted, each with how often it was found. */
  List<String> unaccepted() {
    List<String> all = new ArrayList<>();
    found.forEach(
        (difference, times) -> all.add((times > 1 ? times + " times: " : "") + difference));
    return all;
  }
}

package dev.callflow.contract;

import dev.callflow.contract.Frame.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the frames from a switch with the recorded ones and collects the differences.
 *
 * <p>UUIDs and member IDs differ between runs: the first time that a live ID appears in the place
 * of a recorded one, the two are paired. Times only need to be present on both sides; values that
 * are specific to one switch, such as its name, are ignored.
 */
final class Comparison {

  private static final Pattern UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private final Differences differences;
  private final Map<String, String> live = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();
  private final MemberIds members = new MemberIds();
  private final Map<String, Backlog> backlogs = new HashMap<>();

  Comparison(Differences differences) {
    this.differences = differences;
  }

  /** Maps a caller's recorded leg to the live leg that commands must use instead. */
  void map(String recordedUuid, String liveUuid) {
    live.put(recordedUuid, liveUuid);
  }

  private void bind(String recordedUuid, String liveUuid) {
    live.putIfAbsent(recordedUuid, liveUuid);
    recorded.putIfAbsent(liveUuid, recordedUuid);
  }

  /** Replaces the recorded IDs in data from a client with the IDs of this run. */
  String live(String data) {
    return UUID.matcher(members.live(data))
        .replaceAll(match -> {
          live.putIfAbsent(match.group(), match.group());
          recorded.putIfAbsent(live.get(match.group()), match.group());
          return live.get(match.group());
        });
  }

  /** The number of time windows for which a frame may wait for its counterpart. */
  private static final int MAX_WAIT = 3;

  /**
   * The same limit for frames with loose timing. It is higher because a sound may be queued behind
   * others while further actions take place.
   */
  private static final int MAX_WAIT_IF_LOOSE = 20;

  /** A frame without a counterpart so far, and the number of windows for which it has waited. */
  private record Unpaired(Frame frame, int windows) {

    boolean hasWaitedTooLong() {
      return windows >= (Normal.isLoose(frame) ? MAX_WAIT_IF_LOOSE : MAX_WAIT);
    }
  }

  /**
   * The unpaired frames of a connection, and the number of received frames that have been
   * processed.
   */
  private static final class Backlog {
    private final List<Unpaired> expected = new ArrayList<>();
    private final List<Unpaired> actual = new ArrayList<>();
    private int processed;
  }

  /**
   * Waits until the expected frames of a connection have arrived or the timeout has passed, and
   * compares them with the received ones.
   */
  void window(String connection, List<Frame> frames, Supplier<List<Frame>> received, long timeout)
      throws InterruptedException {
    Backlog backlog = backlog(connection);
    List<Frame> expected = frames.stream().filter(Normal::counts).toList();
    long until = System.nanoTime() + timeout * 1_000_000;
    while (!differences.holdsAll(expected, actual(backlog, received.get()))
        && System.nanoTime() < until) {
      Thread.sleep(1);
    }
    take(backlog, received.get());
    expected.forEach(frame -> backlog.expected.add(new Unpaired(frame, 0)));
    align(connection, backlog);
  }

  private Backlog backlog(String connection) {
    return backlogs.computeIfAbsent(connection, fresh -> new Backlog());
  }

  /**
   * Returns the received frames to compare: those left over from earlier windows, and the new ones.
   */
  private static List<Frame> actual(Backlog backlog, List<Frame> received) {
    List<Frame> all = new ArrayList<>(backlog.actual.stream().map(Unpaired::frame).toList());
    received.subList(Math.min(backlog.processed, received.size()), received.size()).stream()
        .filter(Normal::counts)
        .forEach(all::add);
    return all;
  }

  private static void take(Backlog backlog, List<Frame> received) {
    received.subList(Math.min(backlog.processed, received.size()), received.size()).stream()
        .filter(Normal::counts)
        .forEach(frame -> backlog.actual.add(new Unpaired(frame, 0)));
    backlog.processed = received.size();
  }

  /** Compares the last frames of a connection and reports all that have no counterpart. */
  void rest(String connection, List<Frame> received) {
    Backlog backlog = backlog(connection);
    take(backlog, received);
    align(connection, backlog);
    backlog.expected.forEach(unpaired -> differences.missing(connection, unpaired.frame()));
    backlog.actual.stream()
        .map(Unpaired::frame)
        .filter(frame -> frame != Frame.CLOSED)
        .forEach(frame -> differences.extra(connection, frame));
  }

  /**
   * Pairs frames with equal keys, in order, using the longest common subsequence. An unpaired frame
   * may find its counterpart in one of the next windows, since an action and an event can overtake
   * each other; after that, it counts as a difference.
   */
  private void align(String connection, Backlog backlog) {
    pairLoose(connection, backlog);
    List<Unpaired> allExpected = List.copyOf(backlog.expected);
    List<Unpaired> allActual = List.copyOf(backlog.actual);
    backlog.expected.clear();
    backlog.actual.clear();
    for (boolean ofDialledLegs : new boolean[] {false, true}) {
      Predicate<Unpaired> some = it -> Normal.isOfDialledLeg(it.frame()) == ofDialledLegs;
      align(
          connection,
          backlog,
          inOrder(allExpected.stream().filter(some).toList()),
          inOrder(allActual.stream().filter(some).toList()));
    }
  }

  private void align(
      String connection, Backlog backlog, List<Unpaired> expected, List<Unpaired> actual) {
    int[][] best = new int[expected.size() + 1][actual.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = actual.size() - 1; j >= 0; j--) {
        best[i][j] =
            alike(expected.get(i), actual.get(j))
                ? best[i + 1][j + 1] + 1
                : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < actual.size()) {
      if (i < expected.size() && j < actual.size() && alike(expected.get(i), actual.get(j))) {
        compare(connection, expected.get(i++).frame(), actual.get(j++).frame());
      } else if (j >= actual.size() || (i < expected.size() && best[i + 1][j] >= best[i][j + 1])) {
        Unpaired unpaired = expected.get(i++);
        if (unpaired.hasWaitedTooLong()) {
          differences.missing(connection, unpaired.frame());
        } else {
          backlog.expected.add(new Unpaired(unpaired.frame(), unpaired.windows() + 1));
        }
      } else {
        Unpaired unpaired = actual.get(j++);
        if (unpaired.hasWaitedTooLong()) {
          differences.extra(connection, unpaired.frame());
        } else {
          backlog.actual.add(new Unpaired(unpaired.frame(), unpaired.windows() + 1));
        }
      }
    }
  }

  /**
   * Sorts adjacent departures by key, because members who are removed together leave in no
   * particular order.
   */
  private static List<Unpaired> inOrder(List<Unpaired> unpaired) {
    List<Unpaired> ordered = new ArrayList<>(unpaired);
    for (int from = 0; from < ordered.size(); from++) {
      int to = from;
      while (to < ordered.size() && Normal.isDeparture(ordered.get(to).frame())) {
        to++;
      }
      ordered.subList(from, to).sort(Comparator.comparing(each -> each.frame().key()));
      from = Math.max(from, to);
    }
    return ordered;
  }

  private static boolean alike(Unpaired one, Unpaired other) {
    return one.frame().key().equals(other.frame().key());
  }

  /** Pairs frames with loose timing regardless of their order. */
  private void pairLoose(String connection, Backlog backlog) {
    for (Unpaired expected : List.copyOf(backlog.expected)) {
      if (Normal.isLoose(expected.frame())) {
        backlog.actual.stream()
            .filter(other -> alike(expected, other))
            .findFirst()
            .ifPresent(other -> {
              backlog.expected.remove(expected);
              backlog.actual.remove(other);
              compare(connection, expected.frame(), other.frame());
            });
      }
    }
  }

  private void compare(String connection, Frame expected, Frame actual) {
    bindAll(expected.lines(), actual.lines());
    members.bind(expected, actual);
    if (expected.isEvent()
        || expected.head().startsWith("Event-Name")
        || expected.body().startsWith("Event-Name")) {
      headers(connection, expected, actual);
    } else {
      texts(connection, expected, actual);
    }
  }

  private void bindAll(List<Line> expected, List<Line> actual) {
    Map<String, String> byName = new HashMap<>();
    actual.forEach(line -> byName.putIfAbsent(line.name(), line.value()));
    for (int i = 0; i < expected.size(); i++) {
      Line line = expected.get(i);
      String other =
          line.name().isEmpty()
              ? i < actual.size() ? actual.get(i).value() : ""
              : byName.getOrDefault(line.name(), "");
      Matcher mine = UUID.matcher(line.value());
      Matcher theirs = UUID.matcher(other);
      while (mine.find() && theirs.find()) {
        bind(mine.group(), theirs.group());
      }
      members.bindListed(line.value(), other);
    }
  }

  private String asRecorded(Line line) {
    return UUID.matcher(members.asRecorded(line))
        .replaceAll(match -> recorded.getOrDefault(match.group(), match.group()));
  }

  private void texts(String connection, Frame expected, Frame actual) {
    List<String> mine = expected.lines().stream().map(it -> Normal.text(it)).toList();
    List<String> theirs =
        actual.lines().stream()
            .map(it -> Normal.text(new Line(it.name(), asRecorded(it))))
            .toList();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      String a = i < mine.size() ? mine.get(i) : "(nothing)";
      String b = i < theirs.size() ? theirs.get(i) : "(nothing)";
      if (!a.equals(b)) {
        differences.text(connection, expected.kind(), a, b);
      }
    }
  }

  private void headers(String connection, Frame expected, Frame actual) {
    Map<String, String> mine = normal(expected.lines(), false);
    Map<String, String> theirs = normal(actual.lines(), true);
    String kind = expected.kind();
    mine.forEach((name, value) -> {
      String other = theirs.get(name);
      if (other == null) {
        differences.header(connection, kind, name, "missing");
      } else if (!value.equals(other) && !value.startsWith(Frame.ANY)) {
        differences.header(connection, kind, name, "has " + other + ", not " + value);
      }
    });
    theirs.keySet().stream()
        .filter(name -> !mine.containsKey(name))
        .forEach(name -> differences.header(connection, kind, name, "extra"));
    List<String> order = new ArrayList<>(mine.keySet());
    order.retainAll(theirs.keySet());
    List<String> other = new ArrayList<>(theirs.keySet());
    other.retainAll(mine.keySet());
    if (!order.equals(other)) {
      int at = 0;
      while (order.get(at).equals(other.get(at))) {
        at++;
      }
      differences.header(connection, kind, other.get(at), "comes before " + order.get(at));
    }
  }

  private Map<String, String> normal(List<Line> lines, boolean ours) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Line line : lines) {
      String value = ours ? asRecorded(line) : line.value();
      if (!Normal.isIgnored(line.name())) {
        all.merge(line.name(), Normal.value(line.name(), value), (a, b) -> a + "\n" + b);
      }
    }
    return all;
  }
}

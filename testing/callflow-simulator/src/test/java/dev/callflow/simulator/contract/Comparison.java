package dev.callflow.simulator.contract;

import dev.callflow.simulator.contract.Frame.Line;
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
 * Compares what came from a switch with what was recorded, and collects the differences.
 *
 * <p>Uuids and member ids are those of the run: the first time that one stands where the recording
 * has one, they belong together. Times are compared as being there; the switch's own names are
 * passed over.
 */
final class Comparison {

  private static final Pattern UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

  private final Differences differences;
  private final Map<String, String> live = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();
  private final MemberIds members = new MemberIds();
  private final Map<String, Left> lefts = new HashMap<>();

  Comparison(Differences differences) {
    this.differences = differences;
  }

  /** Says which channel takes the place of a caller's own leg, when commands are sent to it. */
  void stands(String recordedUuid, String liveUuid) {
    live.put(recordedUuid, liveUuid);
  }

  private void bind(String recordedUuid, String liveUuid) {
    live.putIfAbsent(recordedUuid, liveUuid);
    recorded.putIfAbsent(liveUuid, recordedUuid);
  }

  /** What the client has to say in this run. */
  String live(String data) {
    return UUID.matcher(members.live(data))
        .replaceAll(match -> {
          live.putIfAbsent(match.group(), match.group());
          recorded.putIfAbsent(live.get(match.group()), match.group());
          return live.get(match.group());
        });
  }

  /** For how many windows a frame may wait for its counterpart. */
  private static final int MAX_WAIT = 3;

  /** The same where it comes as it happens: a sound waits for others, acts do not wait for it. */
  private static final int MAX_WAIT_IF_LOOSE = 20;

  /** A frame that has not found its counterpart yet, and for how many windows it waits. */
  private record Lonely(Frame frame, int windows) {

    boolean waitsInVain() {
      return windows >= (Normal.isLoose(frame) ? MAX_WAIT_IF_LOOSE : MAX_WAIT);
    }
  }

  /** What is left over on a connection, and how much of what came was looked at. */
  private static final class Left {
    private final List<Lonely> wanted = new ArrayList<>();
    private final List<Lonely> came = new ArrayList<>();
    private int taken;
  }

  /** Compares the next frames of a connection, waiting for them as long as they are missing. */
  void window(
      String connection, List<Frame> expected, Supplier<List<Frame>> received, long patience)
      throws InterruptedException {
    Left left = left(connection);
    List<Frame> wanted = expected.stream().filter(Normal::counts).toList();
    long until = System.nanoTime() + patience * 1_000_000;
    while (!differences.holdsAll(wanted, came(left, received.get())) && System.nanoTime() < until) {
      Thread.sleep(1);
    }
    take(left, received.get());
    wanted.forEach(frame -> left.wanted.add(new Lonely(frame, 0)));
    align(connection, left);
  }

  private Left left(String connection) {
    return lefts.computeIfAbsent(connection, fresh -> new Left());
  }

  /** What came of late: what was left over, and what is new. */
  private static List<Frame> came(Left left, List<Frame> received) {
    List<Frame> all = new ArrayList<>(left.came.stream().map(Lonely::frame).toList());
    received.subList(Math.min(left.taken, received.size()), received.size()).stream()
        .filter(Normal::counts)
        .forEach(all::add);
    return all;
  }

  private static void take(Left left, List<Frame> received) {
    received.subList(Math.min(left.taken, received.size()), received.size()).stream()
        .filter(Normal::counts)
        .forEach(frame -> left.came.add(new Lonely(frame, 0)));
    left.taken = received.size();
  }

  /** Compares what came last, and reports what has no counterpart. */
  void rest(String connection, List<Frame> received) {
    Left left = left(connection);
    take(left, received);
    align(connection, left);
    left.wanted.forEach(lonely -> differences.missing(connection, lonely.frame()));
    left.came.stream()
        .map(Lonely::frame)
        .filter(frame -> frame != Frame.CLOSED)
        .forEach(frame -> differences.extra(connection, frame));
  }

  /**
   * Pairs frames by kind, in order, as the longest common subsequence does. What is left over may
   * find its counterpart in one of the next windows, since an act and an event can pass each other;
   * later it is a difference.
   */
  private void align(String connection, Left left) {
    pairLoose(connection, left);
    List<Lonely> allWanted = List.copyOf(left.wanted);
    List<Lonely> allCame = List.copyOf(left.came);
    left.wanted.clear();
    left.came.clear();
    for (boolean ofCalledLegs : new boolean[] {false, true}) {
      Predicate<Lonely> some = it -> Normal.isOfCalledLeg(it.frame()) == ofCalledLegs;
      align(
          connection,
          left,
          inOrder(allWanted.stream().filter(some).toList()),
          inOrder(allCame.stream().filter(some).toList()));
    }
  }

  private void align(String connection, Left left, List<Lonely> wanted, List<Lonely> came) {
    int[][] best = new int[wanted.size() + 1][came.size() + 1];
    for (int i = wanted.size() - 1; i >= 0; i--) {
      for (int j = came.size() - 1; j >= 0; j--) {
        best[i][j] =
            alike(wanted.get(i), came.get(j))
                ? best[i + 1][j + 1] + 1
                : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < wanted.size() || j < came.size()) {
      if (i < wanted.size() && j < came.size() && alike(wanted.get(i), came.get(j))) {
        compare(connection, wanted.get(i++).frame(), came.get(j++).frame());
      } else if (j >= came.size() || (i < wanted.size() && best[i + 1][j] >= best[i][j + 1])) {
        Lonely lonely = wanted.get(i++);
        if (lonely.waitsInVain()) {
          differences.missing(connection, lonely.frame());
        } else {
          left.wanted.add(new Lonely(lonely.frame(), lonely.windows() + 1));
        }
      } else {
        Lonely lonely = came.get(j++);
        if (lonely.waitsInVain()) {
          differences.extra(connection, lonely.frame());
        } else {
          left.came.add(new Lonely(lonely.frame(), lonely.windows() + 1));
        }
      }
    }
  }

  /** Those who are put out together go in any order: here in the order of their numbers. */
  private static List<Lonely> inOrder(List<Lonely> lonely) {
    List<Lonely> ordered = new ArrayList<>(lonely);
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

  private static boolean alike(Lonely one, Lonely other) {
    return one.frame().key().equals(other.frame().key());
  }

  /** Pairs what comes a little sooner or later as it happens. */
  private void pairLoose(String connection, Left left) {
    for (Lonely wanted : List.copyOf(left.wanted)) {
      if (Normal.isLoose(wanted.frame())) {
        left.came.stream()
            .filter(other -> alike(wanted, other))
            .findFirst()
            .ifPresent(other -> {
              left.wanted.remove(wanted);
              left.came.remove(other);
              compare(connection, wanted.frame(), other.frame());
            });
      }
    }
  }

  private void compare(String connection, Frame wanted, Frame came) {
    bindAll(wanted.lines(), came.lines());
    members.bind(wanted, came);
    if (wanted.isEvent()
        || wanted.head().startsWith("Event-Name")
        || wanted.body().startsWith("Event-Name")) {
      headers(connection, wanted, came);
    } else {
      texts(connection, wanted, came);
    }
  }

  private void bindAll(List<Line> wanted, List<Line> came) {
    Map<String, String> byName = new HashMap<>();
    came.forEach(line -> byName.putIfAbsent(line.name(), line.value()));
    for (int i = 0; i < wanted.size(); i++) {
      Line line = wanted.get(i);
      String other =
          line.name().isEmpty()
              ? i < came.size() ? came.get(i).value() : ""
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

  private void texts(String connection, Frame wanted, Frame came) {
    List<String> mine = wanted.lines().stream().map(it -> Normal.text(it)).toList();
    List<String> theirs =
        came.lines().stream().map(it -> Normal.text(new Line(it.name(), asRecorded(it)))).toList();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      String a = i < mine.size() ? mine.get(i) : "(nothing)";
      String b = i < theirs.size() ? theirs.get(i) : "(nothing)";
      if (!a.equals(b)) {
        differences.text(connection, wanted.kind(), a, b);
      }
    }
  }

  private void headers(String connection, Frame wanted, Frame came) {
    Map<String, String> mine = normal(wanted.lines(), false);
    Map<String, String> theirs = normal(came.lines(), true);
    String kind = wanted.kind();
    mine.forEach((name, value) -> {
      String other = theirs.get(name);
      if (other == null) {
        differences.header(connection, kind, name, "lacks it");
      } else if (!value.equals(other) && !value.startsWith(Frame.ANY)) {
        differences.header(connection, kind, name, "has " + other + ", not " + value);
      }
    });
    theirs.keySet().stream()
        .filter(name -> !mine.containsKey(name))
        .forEach(name -> differences.header(connection, kind, name, "has it in excess"));
    List<String> order = new ArrayList<>(mine.keySet());
    order.retainAll(theirs.keySet());
    List<String> other = new ArrayList<>(theirs.keySet());
    other.retainAll(mine.keySet());
    if (!order.equals(other)) {
      int at = 0;
      while (order.get(at).equals(other.get(at))) {
        at++;
      }
      differences.header(connection, kind, other.get(at), "stands before " + order.get(at));
    }
  }

  private Map<String, String> normal(List<Line> lines, boolean ours) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Line line : lines) {
      String value = ours ? asRecorded(line) : line.value();
      if (!Normal.passedOver(line.name())) {
        all.merge(line.name(), Normal.value(line.name(), value), (a, b) -> a + "\n" + b);
      }
    }
    return all;
  }
}

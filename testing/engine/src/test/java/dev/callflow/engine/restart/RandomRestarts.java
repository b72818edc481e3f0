package dev.callflow.engine.restart;

import dev.callflow.conference.Conference;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A minute or two of random calls, keys, hangups and requests of operators, during which the host
 * is killed and started, FreeSWITCH restarts, and connections break. Then one interval of quiet,
 * after which the host must know the real state of the rooms; and then everybody hangs up, after
 * which nothing may be left, and each seat can be taken again.
 */
final class RandomRestarts {

  private static final int SEATS = 3;
  private static final Map<String, String> NUMBERS =
      Map.of("open", "5000", "other", "5001", "board", "5002");
  private static final List<String> KEYS =
      List.of("482913#", "739164#", "1111#", "4829", "13#", "*1", "*2", "*3", "#", "*", "0");

  private final Random random;
  private final RestartedHost host;
  private final KeptModel kept;
  private final List<SimulatedCaller> callers = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** The executions that play something, by id, with their channel. */
  private final Map<String, String> playing = new ConcurrentHashMap<>();

  private boolean running = true;
  private int count;

  RandomRestarts(long seed) throws IOException {
    random = new Random(seed);
    host =
        new RestartedHost()
            .conference(
                "open",
                "{\"name\":\"Open\",\"max_participants\":%d,\"member\":{\"join_muted\":false}}"
                    .formatted(SEATS))
            .conference("other", "{\"name\":\"Other\",\"member\":{\"join_muted\":false}}")
            .conference(
                "board",
                """
                {"name":"Board","member":{"pins":["482913"],"join_muted":false},
                 "moderator":{"pins":["739164"]},"wait_for_moderator":true}\
                """);
    NUMBERS.forEach((conference, number) ->
        host.callflow(
            conference,
            """
            {"numbers":["%s"],"flow":{"module":"conference",
             "data":{"id":"%s","welcome_prompt":{"play":false}},
             "children":{"_":{"module":"play","data":{"id":"tone_stream://%%(100,0,400)"}}}}}\
            """
                .formatted(number, conference)));
    SimulatedSwitch model = host.simulated().model();
    model.listen(
        SwitchEvent.ExecutionStarted.class,
        started -> {
          if (started.execution().what() instanceof Application.Playback) {
            playing.put(started.execution().id(), started.channel().uuid());
          }
        });
    model.listen(SwitchEvent.ExecutionEnded.class, ended -> playing.remove(ended.execution().id()));
    kept = new KeptModel(host, random);
    host.start();
  }

  /** Runs the scenario and returns what is wrong in the end; empty if nothing is. */
  List<String> faults() {
    try {
      int steps = 20 + random.nextInt(30);
      for (int i = 0; i < steps; i++) {
        happens();
        host.passMillis(random.nextInt(4_000));
      }
      if (!running) {
        starts();
      }
      host.pass(75);
      inHost("compare", this::compare);
      nobodyIsInSilence();
      inHost("kept", () -> faults.addAll(kept.faults()));
      faults.addAll(kept.bannedCallersGetIn());
      callers.forEach(SimulatedCaller::hangUp);
      kept.hangUp();
      host.pass(90);
      inHost("look", this::nothingIsLeft);
      if (faults.isEmpty()) {
        eachSeatCanBeTaken();
      }
      return faults.isEmpty() ? List.of() : List.of(String.join("; ", story), faults.toString());
    } finally {
      host.close();
    }
  }

  /** Runs a task, which may wait, on a thread of the virtual time. */
  private void inHost(String name, Runnable task) {
    host.time().start(name, task);
    host.pass(3);
  }

  private void happens() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> calls();
      case 5, 6, 7 ->
          someone()
              .ifPresent(caller -> {
                String keys = KEYS.get(random.nextInt(KEYS.size()));
                story.add(caller.number() + " presses " + keys);
                caller.press(keys);
              });
      case 8, 9 ->
          someone()
              .ifPresent(caller -> {
                story.add(caller.number() + " hangs up");
                callers.remove(caller);
                caller.hangUp();
              });
      case 10, 11, 12 -> operates();
      case 13, 14 -> {
        if (running) {
          story.add("the host is killed");
          running = false;
          host.kill();
        } else {
          starts();
        }
      }
      case 16, 17, 18, 19 -> story.add(kept.happens(running));
      default -> {
        if (random.nextBoolean()) {
          story.add("the connections break");
          host.simulated().dropConnections();
        } else {
          story.add("FreeSWITCH restarts");
          host.simulated().restart();
        }
      }
    }
  }

  private void starts() {
    story.add("the host starts");
    running = true;
    host.start();
  }

  private void calls() {
    String conference = conference();
    String from = String.valueOf(1000 + ++count);
    story.add(from + " calls " + conference);
    callers.add(host.simulated().call(from, from, NUMBERS.get(conference)));
  }

  private String conference() {
    return List.of("open", "other", "board").get(random.nextInt(3));
  }

  private Optional<SimulatedCaller> someone() {
    callers.removeIf(caller -> caller.channel().isEmpty());
    return callers.isEmpty()
        ? Optional.empty()
        : Optional.of(callers.get(random.nextInt(callers.size())));
  }

  private void operates() {
    Optional<SimulatedCaller> target = someone();
    if (!running || target.isEmpty()) {
      return;
    }
    String uuid = target.get().uuid();
    ConferenceAction action =
        switch (random.nextInt(6)) {
          case 0 -> new ConferenceAction.Mute(uuid, random.nextBoolean());
          case 1 -> new ConferenceAction.Kick(uuid, false);
          case 2 -> new ConferenceAction.Lock(random.nextBoolean());
          case 3 -> new ConferenceAction.Record(random.nextBoolean());
          case 4 -> new ConferenceAction.Move(uuid, conference());
          default -> new ConferenceAction.End();
        };
    String id = conference();
    if (action instanceof ConferenceAction.Lock && id.equals(KeptModel.CONFERENCE)) {
      return;
    }
    Conference conference = host.conference(id);
    story.add(id + ": " + action);
    host.time().start("operator", () -> conference.perform(action));
  }

  private void compare() {
    Set<String> known = new TreeSet<>();
    for (String id : NUMBERS.keySet()) {
      host.conference(id)
          .view()
          .filter(RoomView::running)
          .ifPresent(view -> known.add(known(view)));
    }
    Set<String> actual = new TreeSet<>();
    host.simulated().rooms().forEach(room -> actual.add(actual(room)));
    if (!known.equals(actual)) {
      faults.add("actual " + actual + ", known " + known);
    }
  }

  /**
   * By then, everybody has entered a room, hears music, or has been hung up. Music that is repeated
   * has gaps of some milliseconds, so only those count who hear nothing at two moments.
   */
  private void nobodyIsInSilence() {
    Set<String> before = inSilence();
    host.pass(1);
    inSilence().stream()
        .filter(before::contains)
        .forEach(number -> faults.add("in silence: " + number));
  }

  private Set<String> inSilence() {
    Set<String> heard = new HashSet<>(playing.values());
    host.members().values().forEach(member -> heard.add(member.channel().uuid()));
    return host.simulated().model().channels().stream()
        .filter(channel -> !heard.contains(channel.uuid()))
        .map(ChannelState::callerNumber)
        .collect(Collectors.toSet());
  }

  private static String known(RoomView view) {
    Map<String, String> members = new TreeMap<>();
    for (Member member : view.participants()) {
      members.put(
          member.call().value(),
          "%d muted=%s deaf=%s".formatted(member.number(), member.muted(), member.deaf()));
    }
    return view.instance() + " locked=" + view.locked() + " " + members;
  }

  private String actual(SimRoomState room) {
    Map<String, String> members = new TreeMap<>();
    for (MemberState member : host.simulated().model().rooms().members(room.name())) {
      members.put(
          member.channel().uuid(),
          "%d muted=%s deaf=%s".formatted(member.number(), member.muted(), member.deaf()));
    }
    return room.uuid() + " locked=" + room.locked() + " " + members;
  }

  private void nothingIsLeft() {
    if (host.live() != 0) {
      faults.add("calls in progress: " + host.live());
    }
    if (!host.simulated().model().channels().isEmpty()) {
      faults.add("channels: " + host.simulated().model().channels());
    }
    for (String id : NUMBERS.keySet()) {
      if (host.conference(id).view().filter(RoomView::running).isPresent()) {
        faults.add(id + " is still running");
      }
    }
  }

  private void eachSeatCanBeTaken() {
    for (int i = 0; i <= SEATS; i++) {
      host.call("200" + i, "5000");
    }
    host.pass(20);
    if (host.members().size() != SEATS) {
      faults.add("seats taken: " + host.members().keySet());
    }
  }
}

package dev.callflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.FarEnds;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Seats are counted exactly, whatever happens. A failing run reports its seed. */
@Execution(ExecutionMode.CONCURRENT)
class SeatsTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final RoomId ROOM = new RoomId(ACME, "room");
  private static final int CALLS = 150;

  static List<Long> seeds() {
    Random random = new Random();
    List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L));
    for (int i = 0; i < 25; i++) {
      seeds.add(random.nextLong());
    }
    return seeds;
  }

  /**
   * Callers arrive, enter PINs, wait, join, and leave by key or by hanging up, at any moment.
   * Operators kick some of them, dial parties who answer, are busy or never answer, and cancel some
   * of the calls that are being dialled. Afterwards, all seats must be free.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void membersNeverExceedTheSeatsAndNoSeatIsLost(long seed) throws Exception {
    try {
      new Crowd(seed).run();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static final class Crowd implements FarEnds {

    private final Random random;
    private final int seats;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedSwitch model;
    private final InProcessSwitch ports;
    private final Conferences conferences;
    private final CallflowEngine engine;
    private final Map<String, ConferenceOutcome> outcomes = new HashMap<>();
    private int in;
    private int maxMembers;

    Crowd(long seed) {
      random = new Random(seed);
      seats = 1 + random.nextInt(6);
      ObjectNode conference =
          Json.readObject(
              """
              {"name":"room","member":{"join_muted":false,"pins":["1"]},
               "moderator":{"pins":["9"]},"wait_for_moderator":%s,"duplicate_policy":"%s",
               "play_name":%s,"max_participants":%d}\
              """
                  .formatted(
                      random.nextBoolean(),
                      List.of("allow", "replace", "refuse").get(random.nextInt(3)),
                      random.nextInt(4) == 0,
                      seats));
      ObjectNode callflow =
          Json.readObject(
              """
              {"numbers":["1"],"flow":{"module":"conference","data":{"id":"room"},
               "children":{"kicked":{"module":"sleep","data":{"duration":1,"unit":"s"}}}}}\
              """);
      MemoryStore store =
          new MemoryStore()
              .account(
                  ACME,
                  Json.readObject(
                      "{\"config\":{\"conferences\":{\"pin_throttle\":{\"attempts\":0}}}}"))
              .put(ACME, DocumentType.CONFERENCE, "room", conference)
              .put(ACME, DocumentType.CALLFLOW, "flow", callflow);
      model =
          new SimulatedSwitch(
              time, SwitchSettings.seeded(seed, file -> Optional.of(Duration.ofSeconds(2))));
      ports = new InProcessSwitch(model, time).farEnds(this);
      conferences =
          Conferences.builder(store, ports.mixer(), time)
              .observer((call, outcome) -> outcomes.put(call.value(), outcome))
              .build();
      engine =
          CallflowEngine.builder(store, time)
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build();
      model.listen(this::happened);
    }

    private void happened(SwitchEvent event) {
      if (event instanceof SwitchEvent.MemberAdded(var room, var member) && !member.ghost()) {
        in++;
        maxMembers = Math.max(maxMembers, in);
      } else if (event instanceof SwitchEvent.MemberRemoved(var room, var member)
          && !member.ghost()) {
        in--;
      }
    }

    void run() throws Exception {
      for (int i = 0; i < CALLS; i++) {
        caller(
            "c" + i, Duration.ofMillis(random.nextInt(60_000)), random.nextInt(4) == 0 ? "9" : "1");
      }
      for (int i = 0; i < CALLS / 5; i++) {
        String participant = "c" + random.nextInt(CALLS);
        time.at(
            Duration.ofMillis(random.nextInt(70_000)),
            Phase.OPERATORS,
            "kick",
            () ->
                conferences.control(
                    new ControlRequest(
                        ROOM,
                        new ControlRequest.Target.Participant(participant),
                        "kick",
                        Json.object())));
      }
      for (int i = 0; i < CALLS / 3; i++) {
        time.at(
            Duration.ofMillis(random.nextInt(65_000)), Phase.OPERATORS, "dial " + i, this::dial);
      }
      // Long after these calls, a moderator arrives, and then as many callers as there are seats.
      for (int i = 0; i <= seats; i++) {
        Duration at = Duration.ofMinutes(10).plusSeconds(20L * i);
        arrive("last" + i, at, "77" + i, i == 0 ? "9#" : "1#", Duration.ofMinutes(9));
      }
      assertThat(time.run(Duration.ofHours(1))).isTrue();
      assertThat(maxMembers).as("largest number of members").isEqualTo(seats);
      assertThat(in).isZero();
      for (int i = 0; i < seats; i++) {
        assertThat(outcomes.get("last" + i)).as("last%d", i).isEqualTo(ConferenceOutcome.LEFT);
      }
      assertThat(outcomes.get("last" + seats)).isEqualTo(ConferenceOutcome.FULL);
      time.close();
    }

    private void dial() {
      ObjectNode data = Json.object().put("timeout", 1 + random.nextInt(8));
      data.putArray("endpoints").add("sip:a@example.com").add("sip:b@example.com");
      switch (random.nextInt(4)) {
        case 0 -> data.putArray("participant_flags").add("is_moderator");
        case 1 -> data.putArray("participant_flags").add("ghost");
        default -> {}
      }
      operate("dial", data);
    }

    private void operate(String action, ObjectNode data) {
      conferences.control(
          new ControlRequest(ROOM, new ControlRequest.Target.Conference(), action, data));
    }

    @Override
    public FarEnd at(CallId leg, DialTarget target) {
      if (random.nextInt(5) == 0) {
        time.after(
            Duration.ofMillis(random.nextInt(4_000)),
            leg + " is cancelled",
            () -> operate("cancel", Json.object().put("call_id", leg.value())));
      }
      return switch (random.nextInt(6)) {
        case 0 -> new FarEnd.Refuses(new HangupCause("USER_BUSY"));
        case 1 -> new FarEnd.NeverAnswers();
        default -> {
          time.after(
              Duration.ofMillis(random.nextInt(40_000)),
              leg + " hangs up",
              () -> model.hangUp(leg.value(), EndedBy.CALLEE, HangupCause.NORMAL_CLEARING));
          yield new FarEnd.Answers(Duration.ofMillis(random.nextInt(6_000)));
        }
      };
    }

    @Override
    public void inside(CallId leg, CallId inside, DialOrder order, String number) {
      throw new IllegalStateException("this test must not dial numbers");
    }

    private void caller(String id, Duration at, String pin) {
      String keys = random.nextInt(5) == 0 ? "5#" + pin + "#" : pin + "#";
      String pressed = random.nextInt(3) == 0 ? keys + "      #" : keys;
      Duration stays = Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 5_000 : 60_000));
      arrive(id, at, String.valueOf(random.nextInt(CALLS / 2)), pressed, stays);
    }

    /** Schedules a call. A space in the keys is a pause of two seconds. */
    private void arrive(String id, Duration at, String from, String keys, Duration stays) {
      time.at(
          at,
          Phase.CALLS,
          id,
          () -> {
            model.arrive(new NewChannel(id, from, "", "1", "", Map.of()));
            engine.take(
                ports.leg(new CallId(id)),
                new IncomingCall("1", from, "", Optional.empty(), Map.of()));
          });
      Duration next = at.plusMillis(500);
      for (char key : keys.toCharArray()) {
        next = next.plusMillis(key == ' ' ? 2_000 : 100);
        if (key != ' ') {
          time.at(next, Phase.WORK, id + " presses", () -> model.press(id, key));
        }
      }
      time.at(
          at.plus(stays),
          Phase.WORK,
          id + " hangs up",
          () -> model.hangUp(id, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
    }
  }

  @Test
  void thousandsOfConcurrentJoinsGetNoMoreSeatsThanExist() throws Exception {
    int seats = 7;
    TimeSource time = TimeSource.system();
    SimulatedSwitch model =
        new SimulatedSwitch(time, SwitchSettings.seeded(1, file -> Optional.of(Duration.ZERO)));
    Counted counted = new Counted(new AtomicInteger());
    Rooms rooms =
        new Rooms(
            new InProcessSwitch(model, time).mixer(),
            time,
            RoomOptions.of(Duration.ofMinutes(1)),
            new RecordingNames(new Random(1)),
            counted);
    AtomicInteger seated = new AtomicInteger();
    AtomicInteger maxSeated = new AtomicInteger();
    AtomicInteger admitted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      CallId call = new CallId("call-" + i);
      Random random = new Random(i);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                if (rooms.join(ROOM, request(call, seats)) instanceof JoinDecision.Seated) {
                  admitted.incrementAndGet();
                  maxSeated.accumulateAndGet(seated.incrementAndGet(), Math::max);
                  for (int turns = random.nextInt(5); turns > 0; turns--) {
                    Thread.yield();
                  }
                  seated.decrementAndGet();
                }
                rooms.tell(ROOM, state -> state.leave(call));
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(counted.seats().get()).as("seats still taken").isZero();
    assertThat(maxSeated.get()).isLessThanOrEqualTo(seats);
    assertThat(admitted.get()).isGreaterThanOrEqualTo(seats);
    List<JoinDecision> replies = new ArrayList<>();
    for (int i = 0; i <= seats; i++) {
      replies.add(rooms.join(ROOM, request(new CallId("late-" + i), seats)));
    }
    assertThat(replies.subList(0, seats)).allMatch(JoinDecision.Seated.class::isInstance);
    assertThat(replies.getLast()).isEqualTo(new JoinDecision.Refused(JoinDecision.DenyReason.FULL));
  }

  /** Counts seats as they are taken and released. */
  private record Counted(AtomicInteger seats) implements RoomListener {

    @Override
    public void opening(RoomId room) {}

    @Override
    public void onEvent(RoomEvent event) {}

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return Optional.empty();
    }

    @Override
    public void closed(RoomId room) {}

    @Override
    public void seats(int change) {
      seats.addAndGet(change);
    }
  }

  private static JoinRequest request(CallId call, int seats) {
    return new JoinRequest(
        call,
        "",
        false,
        false,
        false,
        new JoinRequest.Rules(
            OptionalInt.of(seats),
            JoinRequest.OnDuplicate.ALLOW,
            false,
            false,
            Duration.ZERO,
            OptionalInt.empty()),
        signal -> true);
  }
}

package dev.callflow.benchmarks.rooms;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.Condition;
import dev.callflow.conference.room.JoinDecision;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.PendingCondition;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.call.CallId;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures and prints how the CPU time of what happens in a room grows with the number of its
 * members, relative to a room of 10.
 */
public final class RoomGrowth {

  private static final int[] SIZES = {10, 100, 1_000, 5_000};
  private static final int ROUNDS = 9;
  private static final long NANOS_PER_ROUND = 30_000_000;

  private static final JoinRequest.Rules RULES =
      new JoinRequest.Rules(
          OptionalInt.of(1_000_000),
          JoinRequest.OnDuplicate.REFUSE,
          true,
          false,
          Duration.ZERO,
          OptionalInt.empty());

  private final String name;
  private final List<Step> bySize;

  /** Does something in a room once, or once for each member. */
  private interface Step {

    /** Returns how often it was done. */
    int run();
  }

  private interface Steps {
    Step in(Room room);
  }

  private RoomGrowth(String name, Steps steps) {
    this.name = name;
    this.bySize = IntStream.of(SIZES).mapToObj(Room::new).map(steps::in).toList();
  }

  /**
   * Runs the benchmark.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    System.out.printf("%-28s%14s%10s%10s%10s%n", "", "10 members", "100", "1,000", "5,000");
    new RoomGrowth("a caller joins and leaves", room -> room::joinsAndLeaves).print();
    new RoomGrowth("an event", room -> room::event).print();
    new RoomGrowth("an operator mutes one", room -> room::mutesOne).print();
    new RoomGrowth("all are muted, per member", room -> room::allAreMuted).print();
    new RoomGrowth("a snapshot, per member", room -> room::snapshot).print();
  }

  private void print() {
    double[] fastest = new double[SIZES.length];
    for (int round = -3; round < ROUNDS; round++) {
      for (int i = 0; i < SIZES.length; i++) {
        double nanos = nanos(bySize.get(i));
        if (round >= 0) {
          fastest[i] = round == 0 ? nanos : Math.min(fastest[i], nanos);
        }
      }
    }
    System.out.printf(
        "%-28s%11.0f ns%10.2f%10.2f%10.2f%n",
        name,
        fastest[0],
        fastest[1] / fastest[0],
        fastest[2] / fastest[0],
        fastest[3] / fastest[0]);
  }

  private static double nanos(Step step) {
    long done = 0;
    long start = cpu();
    long took = 0;
    while (took < NANOS_PER_ROUND) {
      for (int i = 0; i < 100; i++) {
        done += step.run();
      }
      took = cpu() - start;
    }
    return (double) took / done;
  }

  /** Returns the CPU time of this thread, which runs the decisions of the room and its effects. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A room with members, among them a moderator who came through a callflow. */
  private static final class Room {

    private final RoomId id = PublishingMixer.room(1);
    private final int members;
    private final PublishingMixer mixer;
    private final PublishingMixer controlled;
    private final Rooms rooms;
    private final Conference conference;
    private int turn;

    Room(int members) {
      this.members = members;
      mixer = new PublishingMixer(members);
      rooms =
          new Rooms(
              mixer,
              TimeSource.system(),
              RoomOptions.of(Duration.ofMinutes(1)),
              new RecordingNames(new SecureRandom()),
              new RoomsBenchmark.Counting(new AtomicLong()));
      mixer.open(id);
      join("moderator", true);
      rooms.tell(id, state -> state.entered(new CallId("moderator")));
      for (int i = 0; i < members; i++) {
        join("call-" + i, false);
      }
      controlled = new PublishingMixer(members);
      conference =
          Conferences.builder(new MemoryStore(), controlled, TimeSource.system())
              .build()
              .conference(id.account(), id.conference());
      controlled.open(id);
    }

    private void join(String call, boolean moderator) {
      JoinRequest request =
          new JoinRequest(
              new CallId(call), "number of " + call, moderator, false, false, RULES, it -> true);
      require(rooms.join(id, request) instanceof JoinDecision.Seated);
    }

    private static void require(boolean holds) {
      if (!holds) {
        throw new IllegalStateException("the room behaves in an unexpected way");
      }
    }

    private boolean switches() {
      return turn++ / members % 2 == 0;
    }

    int joinsAndLeaves() {
      join("visitor", false);
      rooms.tell(id, state -> state.leave(new CallId("visitor")));
      return 1;
    }

    int event() {
      mute(turn % members, switches());
      return 1;
    }

    private void mute(int member, boolean on) {
      mixer.publish(
          new MixerEvent.Changed(
              id,
              PublishingMixer.instance(id),
              on ? MixerEvent.Change.MUTED : MixerEvent.Change.UNMUTED,
              PublishingMixer.member(member)));
    }

    int mutesOne() {
      String member = String.valueOf(turn % members);
      require(
          conference.perform(new ConferenceAction.Mute(member, switches()))
              instanceof ActionResult.Done);
      return 1;
    }

    int allAreMuted() {
      boolean on = turn++ % 2 == 0;
      List<CallId> calls = new ArrayList<>();
      for (int i = 0; i < members; i++) {
        calls.add(new CallId("call-" + i));
      }
      PendingCondition all =
          rooms
              .expect(
                  id,
                  new Condition.All(
                      calls.stream().collect(Collectors.toUnmodifiableSet()),
                      Member.Flag.MUTED,
                      on))
              .orElseThrow();
      for (int i = 0; i < members; i++) {
        mute(i, on);
      }
      require(all.await(Duration.ZERO).isPresent());
      return members;
    }

    int snapshot() {
      require(rooms.snapshot(id).orElseThrow().members().size() == members);
      return members;
    }
  }
}

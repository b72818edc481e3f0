package dev.callflow.benchmarks.rooms;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RecordingNames;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures three things about live rooms and prints them: whether an event costs the same in a room
 * of 1,000 as in one of 10, how far 1,000 rooms of 10 with 5,000 talking events a second are from
 * having a backlog, and how long a room of 1,000 takes to be compared with its snapshot.
 *
 * <p>{@code benchmarks/run rooms} runs it, on one core.
 */
public final class RoomsBenchmark {

  private static final int EVENTS = 400_000;
  private static final int ROUNDS = 7;
  private static final int SPOKEN_PER_SECOND = 5_000;
  private static final int SECONDS = 10;
  private static final int MAX_AHEAD = 5_000;

  private RoomsBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args none
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    System.out.printf(
        "on %d core(s), Java %s%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
    sizes();
    talking();
    comparing();
  }

  /** The fastest of several rounds each, in turn, so that others on the machine count least. */
  private static void sizes() {
    OneRoom small = new OneRoom(10);
    OneRoom large = new OneRoom(1_000);
    double[] ofSmall = new double[ROUNDS];
    double[] ofLarge = new double[ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      double ten = small.nanosPerEvent();
      double thousand = large.nanosPerEvent();
      if (round >= 0) {
        ofSmall[round] = ten;
        ofLarge[round] = thousand;
      }
    }
    System.out.printf(
        "an event in a room of 10: %.0f ns; of 1,000: %.0f ns; ratio %.2f (bar: 1)%n",
        fastest(ofSmall), fastest(ofLarge), fastest(ofLarge) / fastest(ofSmall));
  }

  private static double fastest(double[] all) {
    return Arrays.stream(all).min().orElseThrow();
  }

  private static double median(double[] all) {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Told to nobody: what is counted is that the room's thread has taken it. */
  private record Counting(AtomicLong told) implements RoomListener {
    @Override
    public void opening(RoomId room) {}

    @Override
    public void onEvent(RoomEvent event) {
      told.incrementAndGet();
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return Optional.empty();
    }

    @Override
    public void closed(RoomId room) {}

    @Override
    public void seats(int change) {}
  }

  private static final class OneRoom {
    private final RoomId room = FedMixer.room(1);
    private final AtomicLong told = new AtomicLong();
    private final FedMixer mixer;
    private final int members;

    OneRoom(int members) {
      this.members = members;
      mixer = new FedMixer(members);
      // Kept alive by the mixer, which tells it.
      Rooms rooms =
          new Rooms(
              mixer,
              TimeSource.system(),
              Duration.ofMinutes(1),
              new RecordingNames(new SecureRandom()),
              new Counting(told));
      mixer.open(room);
      await(1 + members);
      if (rooms.snapshot(room).isEmpty()) {
        throw new IllegalStateException("the room is not there");
      }
    }

    private void await(long wanted) {
      while (told.get() < wanted) {
        LockSupport.parkNanos(20_000);
      }
    }

    double nanosPerEvent() {
      long before = told.get();
      long begun = System.nanoTime();
      for (int i = 0; i < EVENTS; i++) {
        Change change = (i / members) % 2 == 0 ? Change.MUTED : Change.UNMUTED;
        mixer.tell(
            new MixerEvent.Changed(
                room, FedMixer.instance(room), change, FedMixer.member(i % members)));
        if (i % 1_000 == 0) {
          // The room's queue has a bound; no event may be lost here.
          while (before + i - told.get() > MAX_AHEAD) {
            LockSupport.parkNanos(1_000);
          }
        }
      }
      // A round may begin with what the last one ended with; those are no news.
      long still = -1;
      while (told.get() != still) {
        still = told.get();
        LockSupport.parkNanos(2_000_000);
      }
      return (System.nanoTime() - begun) / (double) EVENTS;
    }
  }

  /** All the way to a subscriber who reads each event's payload. */
  private static void talking() throws InterruptedException {
    int rooms = 1_000;
    int members = 10;
    FedMixer mixer = new FedMixer(members);
    AtomicLong read = new AtomicLong();
    AtomicLong longest = new AtomicLong();
    long[] sent = new long[rooms * members];
    Conferences conferences =
        Conferences.builder(new MemoryStore(), mixer, TimeSource.system()).build();
    conferences.subscribe(event -> read(event, sent, members, read, longest));
    for (int i = 0; i < rooms; i++) {
      mixer.open(FedMixer.room(i));
    }
    Thread.sleep(2_000);
    // All begin and all end, so that what follows begins anew.
    talk(mixer, rooms, members, sent, 2 * rooms * members / SPOKEN_PER_SECOND);
    Thread.sleep(2_000);
    read.set(0);
    longest.set(0);
    long cpu = cpu();
    long lag = talk(mixer, rooms, members, sent, SECONDS);
    Thread.sleep(200);
    double busy = (cpu() - cpu) / 1e9 / SECONDS;
    long events = (long) SPOKEN_PER_SECOND * SECONDS;
    System.out.printf(
        "1,000 rooms of 10, %,d talking events/s for %d s: %,d of %,d read,"
            + " the last sent %.1f ms late, the slowest read after %.1f ms,"
            + " %.0f %% of a core; so %.1f times as many would fill it (bar: 1, no backlog)%n",
        SPOKEN_PER_SECOND,
        SECONDS,
        read.get(),
        events,
        lag / 1e6,
        longest.get() / 1e6,
        busy * 100,
        1 / busy);
  }

  private static void read(
      ConferenceEvent event, long[] sent, int members, AtomicLong read, AtomicLong longest) {
    if (event.payload().path("event").asString("").endsWith("-talking")) {
      int room = Integer.parseInt(event.room().conference().substring("room-".length()));
      int who = event.payload().path("participant_id").asInt();
      long took = System.nanoTime() - sent[room * members + who];
      longest.accumulateAndGet(took, Math::max);
      read.incrementAndGet();
    }
  }

  /** Sends evenly; returns how late the last one was sent. */
  private static long talk(FedMixer mixer, int rooms, int members, long[] sent, int seconds) {
    long begun = System.nanoTime();
    long between = 1_000_000_000L / SPOKEN_PER_SECOND;
    long late = 0;
    int all = SPOKEN_PER_SECOND * seconds;
    for (int i = 0; i < all; i++) {
      long due = begun + i * between;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(Math.min(500_000, Math.max(1, due - System.nanoTime())));
      }
      int speaker = i % (rooms * members);
      int room = speaker % rooms;
      int who = speaker / rooms;
      boolean begins = (i / (rooms * members)) % 2 == 0;
      sent[room * members + who] = System.nanoTime();
      RoomId id = FedMixer.room(room);
      mixer.tell(
          new MixerEvent.Changed(
              id,
              FedMixer.instance(id),
              begins ? Change.TALKING : Change.SILENT,
              FedMixer.member(who).with(Member.Flag.TALKING, begins)));
      late = System.nanoTime() - due;
    }
    return late;
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static void comparing() {
    FedMixer mixer = new FedMixer(1_000);
    AtomicLong told = new AtomicLong();
    Rooms rooms =
        new Rooms(
            mixer,
            TimeSource.system(),
            Duration.ofMinutes(1),
            new RecordingNames(new SecureRandom()),
            new Counting(told));
    RoomId room = FedMixer.room(1);
    mixer.open(room);
    while (told.get() < 1_001) {
      LockSupport.parkNanos(20_000);
    }
    double[] millis = new double[200];
    for (int i = -100; i < millis.length; i++) {
      long begun = System.nanoTime();
      rooms.compare(room);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "comparing a room of 1,000 with its snapshot: median %.2f ms, slowest of 200 %.2f ms"
            + " (bar: 5 ms)%n",
        median(millis), millis[millis.length - 1]);
  }
}

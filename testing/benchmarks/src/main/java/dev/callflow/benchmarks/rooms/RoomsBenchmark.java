package dev.callflow.benchmarks.rooms;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.MixerEvent.Change;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.JoinRequest;
import dev.callflow.conference.room.RoomEvent;
import dev.callflow.conference.room.RoomListener;
import dev.callflow.conference.room.RoomOptions;
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
 * Measures and prints three properties of live rooms: whether an event costs the same in a room
 * with 1,000 members as in one with 10; what share of a core is needed for 5,000 talking events a
 * second in 1,000 rooms with 10 members each; and how long it takes to compare a room with 1,000
 * members with its snapshot.
 *
 * <p>{@code benchmarks/run rooms} runs the benchmark on one core.
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
   * @param args not used
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

  /**
   * Measures a small and a large room in alternating rounds. Compares the fastest round of each, to
   * reduce the effect of background load.
   */
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

  /** Counts the events that have left the room. There are no subscribers. */
  record Counting(AtomicLong processed) implements RoomListener {
    @Override
    public void opening(RoomId room) {}

    @Override
    public void onEvent(RoomEvent event) {
      processed.incrementAndGet();
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
    private final RoomId room = PublishingMixer.room(1);
    private final AtomicLong processed = new AtomicLong();
    private final PublishingMixer mixer;
    private final int members;

    OneRoom(int members) {
      this.members = members;
      mixer = new PublishingMixer(members);
      // The mixer keeps the rooms reachable, because they listen to it.
      Rooms rooms =
          new Rooms(
              mixer,
              TimeSource.system(),
              RoomOptions.of(Duration.ofMinutes(1)),
              new RecordingNames(new SecureRandom()),
              new Counting(processed));
      mixer.open(room);
      await(1 + members);
      if (rooms.snapshot(room).isEmpty()) {
        throw new IllegalStateException("the room does not exist");
      }
    }

    private void await(long count) {
      while (processed.get() < count) {
        LockSupport.parkNanos(20_000);
      }
    }

    double nanosPerEvent() {
      long before = processed.get();
      long start = System.nanoTime();
      for (int i = 0; i < EVENTS; i++) {
        Change change = (i / members) % 2 == 0 ? Change.MUTED : Change.UNMUTED;
        mixer.publish(
            new MixerEvent.Changed(
                room, PublishingMixer.instance(room), change, PublishingMixer.member(i % members)));
        if (i % 1_000 == 0) {
          // The room's queue is bounded, and no event may be lost here.
          while (before + i - processed.get() > MAX_AHEAD) {
            LockSupport.parkNanos(1_000);
          }
        }
      }
      // Events that repeat the state of the last round are not processed, so wait until the count
      // stays the same.
      long last = -1;
      while (processed.get() != last) {
        last = processed.get();
        LockSupport.parkNanos(2_000_000);
      }
      return (System.nanoTime() - start) / (double) EVENTS;
    }
  }

  /** Measures the CPU time and the delay of talking events that a subscriber receives and reads. */
  private static void talking() throws InterruptedException {
    int rooms = 1_000;
    int members = 10;
    PublishingMixer mixer = new PublishingMixer(members);
    AtomicLong read = new AtomicLong();
    AtomicLong slowest = new AtomicLong();
    long[] sent = new long[rooms * members];
    Conferences conferences =
        Conferences.builder(new MemoryStore(), mixer, TimeSource.system()).build();
    conferences.onEvent(event -> read(event, sent, members, read, slowest));
    for (int i = 0; i < rooms; i++) {
      mixer.open(PublishingMixer.room(i));
    }
    Thread.sleep(2_000);
    // All members start and stop talking, so that the measured round starts from silence.
    talk(mixer, rooms, members, sent, 2 * rooms * members / SPOKEN_PER_SECOND);
    Thread.sleep(2_000);
    read.set(0);
    slowest.set(0);
    long cpu = cpu();
    long lag = talk(mixer, rooms, members, sent, SECONDS);
    Thread.sleep(200);
    double busy = (cpu() - cpu) / 1e9 / SECONDS;
    long events = (long) SPOKEN_PER_SECOND * SECONDS;
    System.out.printf(
        "1,000 rooms of 10, %,d talking events/s for %d s: %,d of %,d read,"
            + " the last one sent %.1f ms late, the slowest one read after %.1f ms,"
            + " %.0f %% of a core; %.1f times as many would fill it (bar: 1, no backlog)%n",
        SPOKEN_PER_SECOND,
        SECONDS,
        read.get(),
        events,
        lag / 1e6,
        slowest.get() / 1e6,
        busy * 100,
        1 / busy);
  }

  private static void read(
      ConferenceEvent event, long[] sent, int members, AtomicLong read, AtomicLong slowest) {
    if (event instanceof ConferenceEvent.TalkingStarted
        || event instanceof ConferenceEvent.TalkingStopped) {
      int room = Integer.parseInt(event.room().conference().substring("room-".length()));
      int member = event.json().path("participant_id").asInt();
      long took = System.nanoTime() - sent[room * members + member];
      slowest.accumulateAndGet(took, Math::max);
      read.incrementAndGet();
    }
  }

  /** Sends talking events at a constant rate; returns the delay of the last one in nanoseconds. */
  private static long talk(
      PublishingMixer mixer, int rooms, int members, long[] sent, int seconds) {
    long start = System.nanoTime();
    long between = 1_000_000_000L / SPOKEN_PER_SECOND;
    long late = 0;
    int all = SPOKEN_PER_SECOND * seconds;
    for (int i = 0; i < all; i++) {
      long scheduled = start + i * between;
      while (System.nanoTime() < scheduled) {
        LockSupport.parkNanos(Math.min(500_000, Math.max(1, scheduled - System.nanoTime())));
      }
      int speaker = i % (rooms * members);
      int room = speaker % rooms;
      int member = speaker / rooms;
      boolean begins = (i / (rooms * members)) % 2 == 0;
      sent[room * members + member] = System.nanoTime();
      RoomId id = PublishingMixer.room(room);
      mixer.publish(
          new MixerEvent.Changed(
              id,
              PublishingMixer.instance(id),
              begins ? Change.TALKING : Change.SILENT,
              PublishingMixer.member(member).with(Member.Flag.TALKING, begins)));
      late = System.nanoTime() - scheduled;
    }
    return late;
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static void comparing() {
    PublishingMixer mixer = new PublishingMixer(1_000);
    AtomicLong processed = new AtomicLong();
    Rooms rooms =
        new Rooms(
            mixer,
            TimeSource.system(),
            RoomOptions.of(Duration.ofMinutes(1)),
            new RecordingNames(new SecureRandom()),
            new Counting(processed));
    RoomId room = PublishingMixer.room(1);
    mixer.open(room);
    while (processed.get() < 1_001) {
      LockSupport.parkNanos(20_000);
    }
    double[] millis = new double[200];
    for (int i = -100; i < millis.length; i++) {
      long start = System.nanoTime();
      rooms.compare(room);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "comparing a room of 1,000 with its snapshot: median %.2f ms, slowest of 200 %.2f ms"
            + " (bar: 5 ms)%n",
        median(millis), millis[millis.length - 1]);
  }
}

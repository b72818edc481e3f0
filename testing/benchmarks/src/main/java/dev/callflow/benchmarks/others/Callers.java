package dev.callflow.benchmarks.others;

import dev.callflow.benchmarks.stream.Sockets;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A simulated FreeSWITCH with callers who enter a PIN to join the conference of a program. Prompts
 * last 10 ms.
 */
final class Callers implements AutoCloseable {

  private static final String PROMPT = "conf-enter_conf_pin";
  private static final String KEYS = Commands.PIN + "#";
  private static final double MEDIA_SCALE = 0.005;
  private static final int AT_ONCE = 8;
  private static final int MAX_SECONDS = 60;

  private final SimulatedFreeSwitch freeSwitch;
  private final Map<String, Call> calls = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger(1000);

  Callers(int callPort) throws IOException {
    freeSwitch =
        SimulatedFreeSwitch.builder()
            .mediaScale(MEDIA_SCALE)
            .application(Sockets.local(callPort))
            .start();
    freeSwitch.model().listen(SwitchEvent.PlaybackStarted.class, this::hears);
    freeSwitch
        .model()
        .listen(SwitchEvent.ExecutionStarted.class, it -> call(it).continues(System.nanoTime()));
    freeSwitch.model().listen(SwitchEvent.MemberAdded.class, it -> joins(it.member()));
    freeSwitch.model().listen(SwitchEvent.Gone.class, it -> call(it).ends());
  }

  int controlPort() {
    return freeSwitch.esl().getPort();
  }

  /** What has happened to a call. */
  private static final class Call {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch joined = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile long pressed;
    private volatile long continued;

    void ends() {
      asked.countDown();
      joined.countDown();
      gone.countDown();
    }

    void continues(long now) {
      if (pressed != 0 && continued == 0) {
        continued = now;
      }
    }
  }

  private Call call(SwitchEvent.OfChannel event) {
    return call(event.channel().uuid());
  }

  private Call call(String uuid) {
    return calls.computeIfAbsent(uuid, it -> new Call());
  }

  private void hears(SwitchEvent.PlaybackStarted event) {
    if (event.file().contains(PROMPT)) {
      call(event).asked.countDown();
    }
  }

  private void joins(MemberState member) {
    call(member.channel().uuid()).joined.countDown();
  }

  /** Places calls whose callers stay in the conference. */
  void join(int count) throws InterruptedException {
    atOnce(count, () -> joinWithPin(Duration.ZERO));
  }

  /** Lets the dialplan connect calls to the conference. */
  void joinByDialplan(int count) {
    for (int i = 0; i < count; i++) {
      freeSwitch.call(number(), "Caller", "conference:" + Commands.CONFERENCE);
    }
  }

  /**
   * Places calls whose callers leave the conference as soon as they are in it.
   *
   * @return the time between the last key press and the next command, for each call, in
   *     microseconds
   */
  double[] visit(int count, Duration betweenKeys) throws InterruptedException {
    return atOnce(
            count,
            () -> {
              SimulatedCaller caller = joinWithPin(betweenKeys);
              Call call = call(caller.uuid());
              caller.hangUp();
              await(call.gone, "the end of the call");
              calls.remove(caller.uuid());
              return (call.continued - call.pressed) / 1e3;
            })
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private SimulatedCaller joinWithPin(Duration betweenKeys) throws InterruptedException {
    SimulatedCaller caller = freeSwitch.call(number(), "Caller", "5000");
    Call call = call(caller.uuid());
    await(call.asked, "the prompt");
    for (int i = 0; i < KEYS.length(); i++) {
      LockSupport.parkNanos(betweenKeys.toNanos());
      if (i == KEYS.length() - 1) {
        call.pressed = System.nanoTime();
      }
      freeSwitch.model().press(caller.uuid(), KEYS.charAt(i));
    }
    await(call.joined, "the conference");
    if (caller.cause().isPresent()) {
      throw new IllegalStateException("a call ended with the cause " + caller.cause().get());
    }
    return caller;
  }

  private String number() {
    return String.valueOf(numbers.incrementAndGet());
  }

  private static void await(CountDownLatch happened, String what) throws InterruptedException {
    if (!happened.await(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a caller waited %d s for %s".formatted(MAX_SECONDS, what));
    }
  }

  /** Places eight calls at once, and each further one when an earlier one has ended. */
  private static <T> List<T> atOnce(int count, Callable<T> call) throws InterruptedException {
    try (ExecutorService callers =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<T> results = new ArrayList<>();
      for (Future<T> placed : callers.invokeAll(Collections.nCopies(count, call))) {
        results.add(placed.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  int members() {
    return members(member -> true);
  }

  int muted() {
    return members(MemberState::muted);
  }

  private int members(Predicate<MemberState> which) {
    return freeSwitch.rooms().stream()
        .map(SimRoomState::name)
        .mapToInt(
            room -> (int) freeSwitch.model().rooms().members(room).stream().filter(which).count())
        .sum();
  }

  @Override
  public void close() {
    freeSwitch.close();
  }
}

package dev.callflow.conference.room;

import static dev.callflow.conference.room.Caller.caller;
import static dev.callflow.conference.room.Sample.OPEN;
import static dev.callflow.conference.room.Sample.ROOM;
import static dev.callflow.conference.room.Sample.added;
import static dev.callflow.conference.room.Sample.call;
import static dev.callflow.conference.room.Sample.created;
import static dev.callflow.conference.room.Sample.member;
import static dev.callflow.conference.room.Sample.onDuplicate;
import static dev.callflow.conference.room.Sample.seats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.JoinRequest.OnDuplicate;
import dev.callflow.conference.visit.Held;
import dev.callflow.conference.visit.SeatLease;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread decides, in which order, and how the effects leave. */
class RoomDecisionsTests {

  private static final RoomId OTHER = new RoomId(new AccountId("acme"), "other");

  private final ScriptedMixer mixer = new ScriptedMixer();
  private final Listener listener = new Listener();
  private final Rooms rooms = rooms(Duration.ofMinutes(10));
  private final CountDownLatch end = new CountDownLatch(1);

  private Rooms rooms(Duration answerTimeout) {
    return new Rooms(
        mixer,
        TimeSource.system(),
        RoomOptions.of(answerTimeout),
        new RecordingNames(new Random(1)),
        listener);
  }

  /** Collects events in a list that only one thread at a time may use. */
  private static final class Listener implements RoomListener {
    private final List<RoomEvent> events = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean crowded;
    private volatile Consumer<RoomEvent> then = event -> {};

    @Override
    public void opening(RoomId room) {}

    @Override
    public void onEvent(RoomEvent event) {
      crowded |= inside.incrementAndGet() > 1;
      then.accept(event);
      events.add(event);
      inside.decrementAndGet();
    }

    @Override
    public Optional<JoinRequest.Rules> rules(RoomId room) {
      return Optional.of(OPEN);
    }

    @Override
    public void closed(RoomId room) {}

    @Override
    public void seats(int change) {}

    List<Integer> limits() {
      return events.stream()
          .filter(RoomEvent.Noted.class::isInstance)
          .map(event -> ((Notice.LimitSet) ((RoomEvent.Noted) event).note()).seats())
          .toList();
    }
  }

  @AfterEach
  void endBlockedThreads() {
    end.countDown();
  }

  private void blocks() {
    Eventually.reached("the end of the test", end);
  }

  private static void note(RoomState state, int number) {
    state.note(new Notice.LimitSet(number));
  }

  /** Starts a thread that owns the room until the latch is released. */
  private Thread owns(CountDownLatch released) {
    CountDownLatch owned = new CountDownLatch(1);
    Thread owner =
        Thread.ofVirtual()
            .start(() ->
                rooms.tell(
                    ROOM,
                    state -> {
                      owned.countDown();
                      Eventually.reached("the release of the room", released);
                    }));
    Eventually.reached("the room is owned", owned);
    return owner;
  }

  @Test
  void anIdleRoomDecidesOnTheThreadThatAsks() {
    mixer.emit(created());
    assertThat(rooms.ask(ROOM, state -> Thread.currentThread())).contains(Thread.currentThread());
  }

  @Test
  void theEffectsHaveLeftWhenAnIdleRoomAnswers() {
    mixer.emit(created());
    rooms.tell(ROOM, state -> note(state, 1));
    assertThat(listener.limits()).containsExactly(1);
  }

  @Test
  void whatComesWhileTheRoomIsOwnedIsDecidedInOrder() throws Exception {
    mixer.emit(created());
    CountDownLatch released = new CountDownLatch(1);
    Thread owner = owns(released);
    rooms.tell(ROOM, state -> note(state, 1));
    rooms.tell(ROOM, state -> note(state, 2));
    BlockingQueue<Thread> deciding = new LinkedBlockingQueue<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() ->
                rooms
                    .ask(
                        ROOM,
                        state -> {
                          note(state, 3);
                          return Thread.currentThread();
                        })
                    .ifPresent(deciding::add));
    Eventually.holds(
        "the thread waits for the answer", () -> asking.getState() == Thread.State.TIMED_WAITING);
    assertThat(listener.limits()).isEmpty();

    released.countDown();

    assertThat(Eventually.next("the answer", deciding)).isSameAs(owner);
    owner.join();
    assertThat(listener.limits()).containsExactly(1, 2, 3);
  }

  @Test
  void aTaskOfTheSameRoomRunsAfterTheTaskThatSubmitsIt() {
    mixer.emit(created());
    rooms.tell(
        ROOM,
        state -> {
          rooms.tell(ROOM, later -> note(later, 2));
          note(state, 1);
        });
    assertThat(listener.limits()).containsExactly(1, 2);
  }

  @Test
  void aTaskOfAnotherRoomRunsWhenTheRoomHasBeenGivenUp() {
    mixer.emit(created());
    rooms.join(OTHER, caller("alice").request(OPEN));
    List<Boolean> idle = new ArrayList<>();
    rooms.tell(
        ROOM,
        state ->
            state.outside(() ->
                rooms.tell(
                    OTHER,
                    there ->
                        idle.add(
                            rooms
                                .ask(ROOM, it -> Thread.currentThread())
                                .equals(Optional.of(Thread.currentThread()))))));
    assertThat(idle).containsExactly(true);
  }

  @Test
  void effectsLeaveOneAtATimeInTheOrderOfTheDecisions() throws Exception {
    mixer.emit(created());
    List<Integer> decided = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int first = 0; first < 8_000; first += 2_000) {
      IntStream numbers = IntStream.range(first, first + 2_000);
      threads.add(
          Thread.ofPlatform()
              .start(() ->
                  numbers.forEach(number ->
                      rooms.ask(
                          ROOM,
                          state -> {
                            decided.add(number);
                            note(state, number);
                            return true;
                          }))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(decided).hasSize(8_000);
    assertThat(listener.crowded).isFalse();
    assertThat(listener.limits()).isEqualTo(decided);
  }

  @Test
  void aRoomDecidesWhileAnEffectTakesLong() throws Exception {
    mixer.emit(created());
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayContinue = new CountDownLatch(1);
    listener.then =
        event -> {
          started.countDown();
          Eventually.reached("the effect may continue", mayContinue);
        };
    Thread lettingOut = Thread.ofVirtual().start(() -> rooms.tell(ROOM, state -> note(state, 1)));
    Eventually.reached("the first effect", started);

    rooms.tell(ROOM, state -> note(state, 2));
    assertThat(rooms.join(ROOM, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Seated());
    assertThat(listener.limits()).isEmpty();

    mayContinue.countDown();
    lettingOut.join();
    assertThat(listener.limits()).containsExactly(1, 2);
  }

  @Test
  void aFailingEffectDoesNotKeepTheOthersFromLeaving() {
    mixer.emit(created());
    listener.then =
        event -> {
          listener.then = other -> listener.inside.set(0);
          throw new IllegalStateException("a bug");
        };
    rooms.tell(ROOM, state -> note(state, 1));
    rooms.tell(ROOM, state -> note(state, 2));
    assertThat(listener.limits()).containsExactly(2);
  }

  @Test
  void aMixerThatDoesNotReplyStopsNoCallers() throws Exception {
    mixer.answer(command -> {
      blocks();
      return new MixerReply.Done();
    });
    JoinRequest.Rules replacing = onDuplicate(OnDuplicate.REPLACE);
    rooms.join(ROOM, caller("alice").number("1001").request(replacing));
    rooms.join(ROOM, caller("bob").number("1001").request(replacing));
    Eventually.holds("alice is being kicked", () -> !mixer.commands().isEmpty());

    assertThat(rooms.join(ROOM, caller("carol").request(OPEN)))
        .isEqualTo(new JoinDecision.Seated());
  }

  @Test
  void commandsLeaveInTheOrderOfTheDecisions() {
    JoinRequest.Rules replacing = onDuplicate(OnDuplicate.REPLACE);
    List<MixerCommand> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rooms.join(ROOM, caller("c" + i).number("1001").request(replacing));
      if (i > 0) {
        expected.add(new MixerCommand.Kick(call("c" + (i - 1))));
      }
    }
    Eventually.passes(() -> assertThat(mixer.commands()).isEqualTo(expected));
  }

  @Test
  void aRoomWhoseOwnerIsStuckRefusesCallersAndStillTakesEvents() {
    Rooms impatient = rooms(Duration.ofMillis(10));
    mixer.emit(created());
    CountDownLatch owned = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() ->
            impatient.tell(
                ROOM,
                state -> {
                  owned.countDown();
                  blocks();
                }));
    Eventually.reached("the room is owned", owned);

    assertThat(impatient.join(ROOM, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Refused(JoinDecision.DenyReason.UNAVAILABLE));
    mixer.emit(added(member("bob", 1)));
    assertThat(impatient.join(OTHER, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Seated());
  }

  /** Makes the first effect wait for the end of the test, so that no effect leaves before. */
  private void holdEffectsBack() {
    CountDownLatch started = new CountDownLatch(1);
    listener.then =
        event -> {
          started.countDown();
          blocks();
        };
    Thread.ofVirtual().start(() -> rooms.tell(ROOM, state -> note(state, 0)));
    Eventually.reached("the first effect", started);
  }

  private void fill() {
    for (int i = 1; i <= 10_000; i++) {
      int number = i;
      rooms.tell(ROOM, state -> note(state, number));
    }
  }

  @Test
  void aRoomWhoseEffectsDoNotLeaveRefusesCallersInTheEnd() {
    mixer.emit(created());
    holdEffectsBack();
    fill();

    assertThat(rooms.join(ROOM, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Refused(JoinDecision.DenyReason.UNAVAILABLE));
  }

  @Test
  void manyEffectsOfOneDecisionKeepNobodyOut() {
    mixer.emit(created());
    holdEffectsBack();
    rooms.tell(ROOM, state -> IntStream.range(0, 20_000).forEach(number -> note(state, number)));

    assertThat(rooms.join(ROOM, caller("alice").request(OPEN)))
        .isEqualTo(new JoinDecision.Seated());
  }

  @Test
  void aCallerWhoLeavesARoomThatRefusesCallersGivesTheirSeatBack() {
    mixer.emit(created());
    Held held = new Held();
    SeatLease.hold(rooms, ROOM, call("alice"), held);
    rooms.join(ROOM, caller("alice").request(seats(1)));
    holdEffectsBack();
    fill();

    held.close();

    end.countDown();
    Eventually.holds(
        "bob gets the seat",
        () -> rooms.join(ROOM, caller("bob").request(seats(1))).equals(new JoinDecision.Seated()));
  }

  @Test
  void anInterruptedThreadIsAnsweredByAnIdleRoomAndStaysInterrupted() {
    mixer.emit(created());
    Thread.currentThread().interrupt();
    Optional<Integer> answer = rooms.ask(ROOM, state -> 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).contains(1);
  }

  @Test
  void anInterruptedThreadDoesNotWaitForTheOwnerAndStaysInterrupted() {
    mixer.emit(created());
    owns(end);
    Thread.currentThread().interrupt();
    Optional<Integer> answer = rooms.ask(ROOM, state -> 1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isEmpty();
  }

  @Test
  void everyCallerGetsInAndVersionsRiseWhileTheRoomKeepsClosing() throws Exception {
    AtomicInteger seated = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String name = "caller-" + t + "-";
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 2_000; i++) {
                  String caller = name + i;
                  if (rooms.join(ROOM, caller(caller).request(OPEN))
                      instanceof JoinDecision.Seated) {
                    seated.incrementAndGet();
                  }
                  rooms.tell(
                      ROOM,
                      state -> {
                        note(state, 1);
                        state.leave(call(caller));
                      });
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(seated).hasValue(8_000);
    assertThat(rooms.ids(ROOM.account())).isEmpty();
    assertThat(listener.crowded).isFalse();
    assertThat(listener.events).hasSize(8_000);
    assertThat(listener.events.stream().map(event -> ((RoomEvent.Noted) event).version()))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}

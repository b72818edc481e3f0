package dev.callflow.conference.control;

import static dev.callflow.conference.room.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.conference.ScriptedMixer;
import dev.callflow.conference.ShiftedTime;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.recording.RecordingNames;
import dev.callflow.conference.room.RoomOptions;
import dev.callflow.conference.room.Rooms;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An action is performed once for each idempotency key, even if the request is repeated. */
class IdempotentActionsTests {

  private static final ConferenceAction LOCK = new ConferenceAction.Lock(true);
  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final ShiftedTime time = new ShiftedTime();
  private final ScriptedMixer mixer = new ScriptedMixer();
  private final Rooms rooms =
      new Rooms(
          mixer,
          TimeSource.system(),
          RoomOptions.of(Duration.ofMinutes(1)),
          new RecordingNames(new Random(1)),
          new NoListener());
  private final IdempotentActions actions =
      new IdempotentActions(time, new Keeping(mixer, () -> rooms));
  private final AtomicInteger performed = new AtomicInteger();

  private ActionResult perform(String key, ConferenceAction action, ActionResult result) {
    return actions.perform(ROOM, key, action, counted(() -> result));
  }

  private Supplier<ActionResult> counted(Supplier<ActionResult> result) {
    return () -> {
      performed.incrementAndGet();
      return result.get();
    };
  }

  @Test
  void aRepetitionReturnsTheFirstResult() {
    assertThat(perform("k", LOCK, DONE)).isEqualTo(DONE);
    assertThat(perform("k", LOCK, new ActionResult.Unknown("other"))).isEqualTo(DONE);
    assertThat(performed).hasValue(1);
  }

  @Test
  void anotherKeyPerformsTheActionAgain() {
    perform("k", LOCK, DONE);
    perform("l", LOCK, DONE);
    assertThat(performed).hasValue(2);
  }

  @Test
  void aKeyCannotBeUsedForAnotherAction() {
    perform("k", LOCK, DONE);
    assertThat(perform("k", new ConferenceAction.Lock(false), DONE))
        .isEqualTo(
            new ActionResult.Refused(
                ActionResult.Reason.INVALID,
                "idempotency_key",
                "unique",
                "was already used for another action"));
    assertThat(performed).hasValue(1);
  }

  @Test
  void anActionWithAnUnknownResultCanBeRepeated() {
    perform("k", LOCK, new ActionResult.Unknown("link is down"));
    assertThat(perform("k", LOCK, DONE)).isEqualTo(DONE);
    assertThat(performed).hasValue(2);
  }

  @Test
  void anActionThatThrewCanBeRepeated() {
    assertThatThrownBy(() ->
            actions.perform(
                ROOM,
                "k",
                LOCK,
                () -> {
                  throw new IllegalStateException("a bug");
                }))
        .hasMessage("a bug");
    assertThat(perform("k", LOCK, DONE)).isEqualTo(DONE);
  }

  @Test
  void aKeyIsForgottenAfterTenMinutes() {
    perform("k", LOCK, DONE);
    time.forward(Duration.ofMinutes(11));
    perform("k", LOCK, DONE);
    assertThat(performed).hasValue(2);
  }

  @Test
  void aRepetitionWaitsForAnActionInProgress() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FutureTask<ActionResult> first =
        new FutureTask<>(() ->
            actions.perform(
                ROOM,
                "k",
                LOCK,
                counted(() -> {
                  started.countDown();
                  await(mayEnd);
                  return DONE;
                })));
    Thread.ofVirtual().start(first);
    await(started);
    FutureTask<ActionResult> second = new FutureTask<>(() -> perform("k", LOCK, DONE));
    Thread.ofVirtual().start(second);
    mayEnd.countDown();
    assertThat(first.get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(DONE);
    assertThat(second.get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(DONE);
    assertThat(performed).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aKeyMustBePrintableAsciiWithoutBlanks() {
    for (String key : List.of("", "a b", "ä", "k".repeat(129))) {
      assertThat(perform(key, LOCK, DONE)).isInstanceOf(ActionResult.Refused.class);
    }
    assertThat(performed).hasValue(0);
  }
}

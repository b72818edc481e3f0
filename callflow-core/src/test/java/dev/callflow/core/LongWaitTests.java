package dev.callflow.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.ScriptedLeg;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.SteppedTime;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Modules that wait for long, for instance in a conference. */
class LongWaitTests {

  private static final AccountId ACME = new AccountId("acme");

  private final SteppedTime time = new SteppedTime();
  private final ScriptedLeg leg = new ScriptedLeg(time);
  private final List<String> happened = new ArrayList<>();
  private final List<CallRecord> records = new ArrayList<>();
  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());
  private final Limits limits =
      Limits.of(store, time, AccountLimits.standard().with(Limit.CALLS, 1));

  @Test
  void theRestOfTheModuleFindsTheKeyThatEndedTheWait() {
    leg.press(Duration.ofMinutes(10), "7");

    take(this::waitsForAKey);

    assertThat(happened).containsExactly("7 after PT10M");
    assertThat(leg.commands()).containsExactly("hangup AFTER_THE_WAIT");
  }

  @Test
  void aWaitEndsAfterItsTimeoutEvenIfNothingHappens() {
    take(this::waitsForAKey);

    assertThat(happened).containsExactly("nothing after PT1H");
    assertThat(leg.commands()).containsExactly("hangup AFTER_THE_WAIT");
  }

  @Test
  void theRestOfTheModuleFindsThatTheCallHasEnded() {
    leg.callerHangsUp(Duration.ofMinutes(10));

    take(context ->
        new Outcome.LongWait(
            Duration.ofHours(1),
            () -> {
              try {
                context.call().play(new Media.Prompt("vm-goodbye", ""), KeyPolicy.WAIT);
                return new Outcome.Continue();
              } catch (CallEndedException e) {
                happened.add("cleaned up");
                throw e;
              }
            }));

    assertThat(happened).containsExactly("cleaned up");
    assertThat(records)
        .extracting(CallRecord::end)
        .containsExactly(SteppedTime.START.plus(Duration.ofMinutes(10)));
  }

  @Test
  void theRestRunsOnANewThreadWithoutTheStackOfTheStepsBefore() {
    List<String> threads = new ArrayList<>();

    CallflowEngine engine = engine(this::beforeTheWait, new ThreadEach(threads));
    engine.take(leg, incoming());

    assertThat(threads).containsExactly("call-leg-1", "call-leg-1");
    assertThat(happened).containsExactly("at the bottom");
  }

  private Outcome beforeTheWait(ModuleContext context) {
    return new Outcome.LongWait(
        Duration.ofHours(1),
        () -> {
          boolean before =
              StackWalker.getInstance()
                  .walk(stack -> stack.anyMatch(it -> it.getMethodName().equals("beforeTheWait")));
          happened.add(before ? "on top of the steps before" : "at the bottom");
          return new Outcome.Continue();
        });
  }

  @Test
  void aCallThatWaitsCountsAgainstTheLimitAndIsLive() {
    AtomicReference<CallflowEngine> engine = new AtomicReference<>();
    engine.set(
        engine(
            context ->
                new Outcome.LongWait(
                    Duration.ofHours(1),
                    () -> {
                      happened.add(limits.used(ACME, Limit.CALLS) + " used");
                      happened.add(engine.get().live() + " live");
                      return new Outcome.Continue();
                    }),
            time));

    engine.get().take(leg, incoming());

    assertThat(happened).containsExactly("1 used", "1 live");
    assertThat(limits.used(ACME, Limit.CALLS)).isZero();
    assertThat(engine.get().live()).isZero();
    assertThat(records).hasSize(1);
  }

  private Outcome waitsForAKey(ModuleContext context) {
    return new Outcome.LongWait(
        Duration.ofHours(1),
        () -> {
          String key =
              context
                  .call()
                  .next(Duration.ZERO)
                  .map(event -> String.valueOf(((LegEvent.Dtmf) event).key()))
                  .orElse("nothing");
          happened.add(key + " after " + time.passed());
          return new Outcome.Continue();
        });
  }

  private void take(Function<ModuleContext, Outcome> module) {
    engine(module, time).take(leg, incoming());
  }

  private CallflowEngine engine(Function<ModuleContext, Outcome> waits, TimeSource threads) {
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "front",
        Json.readObject(
            """
            {"numbers": ["100"], "flow": {"module": "waits",
              "children": {"_": {"module": "hangup", "data": {"cause": "AFTER_THE_WAIT"}}}}}
            """));
    return CallflowEngine.builder(store, threads)
        .defaultAccount(ACME)
        .limits(limits)
        .module(
            new CallflowModule() {
              @Override
              public String name() {
                return "waits";
              }

              @Override
              public Outcome run(ModuleContext context) {
                return waits.apply(context);
              }
            })
        .observer(
            new CallObserver() {
              @Override
              public void ended(CallRecord call) {
                records.add(call);
              }
            })
        .build();
  }

  private static IncomingCall incoming() {
    return new IncomingCall("100", "555", "Ann", Optional.empty(), Map.of());
  }

  /** Stepped time that runs each task on a thread of its own, one after the other. */
  private final class ThreadEach implements TimeSource {

    private final List<String> names;

    ThreadEach(List<String> names) {
      this.names = names;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public Thread start(String name, Runnable task) {
      names.add(name);
      Thread thread = Thread.ofVirtual().name(name).start(task);
      try {
        assertThat(thread.join(Eventually.LIMIT)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return thread;
    }

    @Override
    public <T> Inbox<T> inbox(int capacity) {
      return time.inbox(capacity);
    }

    @Override
    public Timer after(Duration delay, String name, Runnable task) {
      return time.after(delay, name, task);
    }
  }
}

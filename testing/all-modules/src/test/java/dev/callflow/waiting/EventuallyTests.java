package dev.callflow.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTests {

  @Test
  void aConditionIsEvaluatedUntilItHolds() {
    AtomicInteger times = new AtomicInteger();

    Eventually.holds("three evaluations", () -> times.incrementAndGet() == 3);

    assertThat(times).hasValue(3);
  }

  @Test
  void assertionsAreRunUntilTheyPass() {
    AtomicInteger times = new AtomicInteger();

    Eventually.passes(() -> assertThat(times.incrementAndGet()).isEqualTo(3));

    assertThat(times).hasValue(3);
  }

  @Test
  void aValueIsReturnedOnceThereIsOne() {
    AtomicInteger times = new AtomicInteger();

    String value =
        Eventually.value(
            "a value",
            () -> times.incrementAndGet() == 3 ? Optional.of("there") : Optional.empty());

    assertThat(value).isEqualTo("there");
  }

  @Test
  void theNextElementIsTakenFromTheQueue() {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Thread.ofVirtual().start(() -> queue.add("first"));

    assertThat(Eventually.next("an element", queue)).isEqualTo("first");
    assertThat(queue).isEmpty();
  }

  @Test
  void theResultOfAFutureIsReturned() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> future.complete("done"));

    assertThat(Eventually.result("a result", future)).isEqualTo("done");
  }

  @Test
  void aBrokenConditionFailsImmediately() {
    assertThatThrownBy(() ->
            Eventually.holds(
                "something",
                () -> {
                  throw new IllegalStateException("broken");
                }))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Eventually.holds("something", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("interrupted while waiting");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theStacksOfVirtualThreadsInProjectCodeAreShown() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread waiting = Thread.ofVirtual().start(() -> Eventually.holds("the end", end::isDone));

    Eventually.passes(() -> assertThat(Threads.inProjectCode()).contains("Eventually.holds"));

    end.complete(null);
    Eventually.ended(waiting);
  }
}

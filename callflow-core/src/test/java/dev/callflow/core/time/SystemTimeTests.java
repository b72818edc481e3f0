package dev.callflow.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SystemTimeTests {

  private final TimeSource time = TimeSource.system();

  @Test
  void anInboxReturnsItemsInOrderAndThenTimesOut() throws InterruptedException {
    Inbox<String> inbox = time.inbox(2);
    assertThat(inbox.offer("a")).isTrue();
    assertThat(inbox.offer("b")).isTrue();
    assertThat(inbox.offer("c")).isFalse();
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("a");
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("b");
    assertThat(inbox.poll(Duration.ofMillis(1))).isNull();
  }

  @Test
  void theLastItemIsDeliveredEvenIfTheInboxIsFull() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    assertThat(inbox.offer("a")).isTrue();
    inbox.close("end");
    inbox.close("again");
    assertThat(inbox.offer("late")).isFalse();
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("a");
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("end");
    assertThat(inbox.poll(Duration.ZERO)).isNull();
  }

  @Test
  void aReaderIsWokenByAnOffer() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    time.start("writer", () -> assertThat(inbox.offer("a")).isTrue());
    assertThat(inbox.poll(Eventually.LIMIT)).isEqualTo("a");
  }

  @Test
  void noItemIsLostBetweenTwoWritersAndAReader() throws InterruptedException {
    Inbox<Integer> inbox = time.inbox(20_000);
    Runnable writer =
        () -> {
          for (int i = 1; i <= 10_000; i++) {
            inbox.offer(i);
          }
        };
    time.start("one", writer);
    time.start("two", writer);
    long sum = 0;
    for (int i = 0; i < 20_000; i++) {
      Integer item = inbox.poll(Eventually.LIMIT);
      assertThat(item).as("item %d", i).isNotNull();
      sum += item;
    }
    assertThat(sum).isEqualTo(100_010_000);
  }

  @Test
  void pollThrowsIfTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.inbox(1).poll(Eventually.LIMIT))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aReaderThatWaitsIsInterrupted() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Inbox<String> inbox = time.inbox(1);
    Thread reader =
        time.start(
            "reader",
            () -> {
              try {
                inbox.poll(Eventually.LIMIT);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    Eventually.holds("the reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);

    reader.interrupt();

    Eventually.reached("the interrupt", interrupted);
  }

  @Test
  void aTimerRunsUnlessItIsCancelled() {
    CountDownLatch ran = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    time.after(Duration.ofMillis(20), "cancelled", cancelled::countDown).cancel();
    time.after(Duration.ofMillis(40), "runs", ran::countDown);
    Eventually.reached("the timer after the cancelled one", ran);
    assertThat(cancelled.getCount()).isOne();
  }
}

package dev.callflow.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.Timer;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTests {

  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final List<String> happened = new ArrayList<>();

  @AfterEach
  void endThreads() {
    time.close();
  }

  @Test
  void timeJumpsToTheNextTimer() throws InterruptedException {
    time.after(Duration.ofMinutes(50), "late", () -> note("late"));
    time.after(Duration.ofSeconds(1), "early", () -> note("early"));

    assertThat(time.run(HOUR)).isTrue();

    assertThat(happened).containsExactly("1000 early", "3000000 late");
  }

  @Test
  void nothingHappensAfterTheLimit() throws InterruptedException {
    time.after(Duration.ofHours(2), "late", () -> note("late"));

    assertThat(time.run(HOUR)).isFalse();

    assertThat(happened).isEmpty();
    assertThat(time.elapsed()).isEqualTo(HOUR);
  }

  @Test
  void timersOfTheSameInstantRunInTheOrderInWhichTheyWereSet() throws InterruptedException {
    for (String name : List.of("a", "b", "c", "d")) {
      time.after(Duration.ofSeconds(1), name, () -> note(name));
    }

    time.run(HOUR);

    assertThat(happened).containsExactly("1000 a", "1000 b", "1000 c", "1000 d");
  }

  @Test
  void withinAnInstantCallsComeFirstAndSnapshotsLast() throws InterruptedException {
    Duration second = Duration.ofSeconds(1);
    time.at(second, Phase.SNAPSHOTS, "snapshot", () -> note("snapshot"));
    time.at(second, Phase.OPERATORS, "operator", () -> note("operator"));
    time.after(second, "work", () -> time.after(Duration.ZERO, "more", () -> note("more work")));
    time.at(second, Phase.CALLS, "call", () -> note("call"));

    time.run(HOUR);

    assertThat(happened)
        .containsExactly("1000 call", "1000 more work", "1000 operator", "1000 snapshot");
  }

  @Test
  void aWaitingThreadWakesWhenAnItemArrives() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    time.start("reader", () -> note("read " + poll(inbox, HOUR)));
    time.after(Duration.ofSeconds(3), "writer", () -> inbox.offer("hello"));

    time.run(HOUR);

    assertThat(happened).containsExactly("3000 read hello");
  }

  @Test
  void aWaitingThreadWakesAtItsDeadline() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    time.start("reader", () -> note("read " + poll(inbox, Duration.ofSeconds(5))));

    time.run(HOUR);

    assertThat(happened).containsExactly("5000 read null");
  }

  @Test
  void pollingWithoutATimeoutDoesNotWait() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);

    assertThat(inbox.poll(Duration.ZERO)).isNull();
    assertThat(inbox.offer("a")).isTrue();
    assertThat(inbox.offer("b")).isFalse();
    assertThat(inbox.poll(Duration.ofSeconds(-1))).isEqualTo("a");
  }

  @Test
  void aClosedInboxDeliversItsLastItemAfterAllOthers() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    inbox.offer("a");
    inbox.close("last");

    assertThat(inbox.offer("b")).isFalse();
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("a");
    assertThat(inbox.poll(Duration.ZERO)).isEqualTo("last");
    assertThat(inbox.poll(Duration.ZERO)).isNull();
  }

  @Test
  void aCancelledTimerDoesNotRunAndTakesNoTime() throws InterruptedException {
    Timer timer = time.after(Duration.ofMinutes(1), "never", () -> note("never"));
    time.after(Duration.ofSeconds(1), "cancel", timer::cancel);

    time.run(HOUR);

    assertThat(happened).isEmpty();
    assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(time.timers()).isZero();
  }

  @Test
  void anInterruptedThreadStopsWaitingAtThatInstant() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    Thread reader = time.start("reader", () -> note("read " + poll(inbox, HOUR)));
    time.after(Duration.ofSeconds(2), "interrupt", reader::interrupt);

    time.run(HOUR);

    assertThat(happened).containsExactly("2000 read interrupted");
  }

  @Test
  void anExceptionInATaskFailsTheRun() {
    time.after(
        Duration.ofSeconds(1),
        "broken",
        () -> {
          throw new IllegalStateException("out of order");
        });

    assertThatThrownBy(() -> time.run(HOUR))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("broken")
        .hasMessageContaining("out of order");
  }

  @Test
  void aBlockedThreadIsReportedWithItsStack() {
    CountDownLatch never = new CountDownLatch(1);
    try (VirtualTime impatient = new VirtualTime(Duration.ofMillis(300))) {
      Thread blocked =
          impatient.start(
              "stubborn",
              () -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });

      assertThatThrownBy(() -> impatient.run(HOUR))
          .isInstanceOf(BlockedThreadException.class)
          .hasMessageContaining("stubborn")
          .hasMessageContaining("CountDownLatch.await");
      blocked.interrupt();
    }
  }

  @Test
  void threadsThatKeepEachOtherBusyForeverAreReported() {
    try (VirtualTime patient = new VirtualTime()) {
      patient.start("restless", () -> restless(patient));

      assertThatThrownBy(() -> patient.run(HOUR))
          .isInstanceOf(EndlessInstantException.class)
          .hasMessageContaining("restless");
      restlessHasEnded = true;
    }
  }

  private volatile boolean restlessHasEnded;

  private void restless(VirtualTime patient) {
    if (!restlessHasEnded) {
      patient.start("restless", () -> restless(patient));
    }
  }

  @Test
  void onlyThreadsOfTheTimeSourceMayWait() {
    Inbox<String> inbox = time.inbox(1);

    assertThatThrownBy(() -> inbox.poll(HOUR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingInterruptsTheRemainingThreads() throws InterruptedException {
    Inbox<String> inbox = time.inbox(1);
    Thread reader = time.start("reader", () -> note("read " + poll(inbox, Duration.ofDays(9))));
    time.run(HOUR);

    time.close();
    reader.join(Eventually.LIMIT);

    assertThat(happened).containsExactly("3600000 read interrupted");
  }

  @Test
  void manyThreadsInteractTheSameWayEachTime() throws InterruptedException {
    assertThat(conversation()).isEqualTo(conversation()).hasSize(1000);
  }

  /**
   * Runs ten threads that send each other numbers and wait for varying lengths of time, and returns
   * their log.
   */
  private static List<String> conversation() throws InterruptedException {
    List<String> log = new ArrayList<>();
    try (VirtualTime time = new VirtualTime()) {
      List<Inbox<Integer>> inboxes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        inboxes.add(time.inbox(100));
      }
      for (int i = 0; i < 10; i++) {
        int self = i;
        time.start(
            "talker " + i,
            () -> {
              for (int n = 0; n < 100; n++) {
                inboxes.get((self * 7 + n) % 10).offer(n);
                log.add(
                    time.elapsed().toMillis() + " " + self + " " + received(inboxes.get(self), n));
              }
            });
      }
      time.run(HOUR);
    }
    return log;
  }

  private static Integer received(Inbox<Integer> inbox, int n) {
    try {
      return inbox.poll(Duration.ofMillis(n % 13));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void note(String what) {
    happened.add(time.elapsed().toMillis() + " " + what);
  }

  private static String poll(Inbox<String> inbox, Duration timeout) {
    try {
      return String.valueOf(inbox.poll(timeout));
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }
}

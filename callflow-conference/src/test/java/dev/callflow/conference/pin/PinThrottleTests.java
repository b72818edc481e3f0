package dev.callflow.conference.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PinThrottleTests {

  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");
  private static final PinLimits TEN =
      new PinLimits(10, Duration.ofMinutes(10), Duration.ofMinutes(10));

  private final List<RoomId> attacked = new ArrayList<>();
  private final PinThrottle throttle = new PinThrottle(TimeSource.system(), attacked::add);

  private PinEntry<String> enter(RoomId room, String number, boolean right) {
    try (PinAttempt attempt = PinAttempt.begin(throttle, room, number, TEN)) {
      return attempt.check(() -> right ? Optional.of("member") : Optional.empty());
    }
  }

  @Test
  void onlyTenPinsFromOneNumberAreComparedEvenByEightHundredThreads() throws Exception {
    AtomicInteger compared = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try (PinAttempt attempt = PinAttempt.begin(throttle, BOARD, "666", TEN)) {
                  start.await();
                  attempt.check(() -> {
                    compared.incrementAndGet();
                    Thread.yield();
                    return Optional.empty();
                  });
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(compared).hasValue(10);
    assertThat(throttle.isBlocked(BOARD, "666", TEN)).isTrue();
  }

  @Test
  void theErrorThatBlocksANumberIsMarked() {
    for (int i = 0; i < 9; i++) {
      assertThat(enter(BOARD, "666", false)).isEqualTo(new PinEntry.Wrong<>(false));
    }
    assertThat(enter(BOARD, "666", false)).isEqualTo(new PinEntry.Wrong<>(true));
    assertThat(enter(BOARD, "666", true)).isEqualTo(new PinEntry.Refused<>());
    assertThat(enter(BOARD, "667", true)).isEqualTo(new PinEntry.Right<>("member"));
  }

  @Test
  void aCorrectPinIsNotCounted() {
    for (int i = 0; i < 50; i++) {
      assertThat(enter(BOARD, "1001", true)).isEqualTo(new PinEntry.Right<>("member"));
    }
  }

  @Test
  void anAttemptIsCountedEvenIfItsComparisonThrows() {
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(
              () -> {
                try (PinAttempt attempt = PinAttempt.begin(throttle, BOARD, "666", TEN)) {
                  attempt.<String>check(() -> {
                    throw new IllegalStateException("no documents");
                  });
                }
              })
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(enter(BOARD, "666", true)).isEqualTo(new PinEntry.Refused<>());
  }

  @Test
  void callersWithWithheldNumbersAreCountedTogetherPerRoom() {
    RoomId other = new RoomId(BOARD.account(), "other");
    List<String> withheld =
        List.of("", "anonymous", "Anonymous", "sip:anonymous@anonymous.invalid");
    for (int i = 0; i < 10; i++) {
      enter(BOARD, withheld.get(i % withheld.size()), false);
    }
    assertThat(throttle.isBlocked(BOARD, "Unavailable", TEN)).isTrue();
    assertThat(throttle.isBlocked(other, "Unavailable", TEN)).isFalse();
  }

  @Test
  void afterFiftyErrorsNewcomersToThatRoomHaveToWait() {
    for (int i = 0; i < 50; i++) {
      assertThat(enter(BOARD, "30" + i, false)).isEqualTo(new PinEntry.Wrong<>(false));
    }
    assertThat(attacked).isEmpty();
    assertThat(enter(BOARD, "2001", true)).isInstanceOf(PinEntry.Later.class);
    assertThat(enter(new RoomId(BOARD.account(), "other"), "2001", true))
        .isEqualTo(new PinEntry.Right<>("member"));
  }
}

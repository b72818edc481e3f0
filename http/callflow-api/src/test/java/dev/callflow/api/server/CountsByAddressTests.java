package dev.callflow.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.waiting.Eventually;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountsByAddressTests {

  private static final int MAX = 5;

  private final CountsByAddress counts = new CountsByAddress(MAX);

  @Test
  void anAddressMayHaveAsManyConnectionsAsTheLimit() {
    for (int i = 0; i < MAX; i++) {
      assertThat(counts.add("192.0.2.1")).isTrue();
    }
    assertThat(counts.add("192.0.2.1")).isFalse();
    assertThat(counts.add("192.0.2.2")).isTrue();
  }

  @Test
  void aClosedConnectionMakesRoomForAnother() {
    for (int i = 0; i < MAX; i++) {
      counts.add("192.0.2.1");
    }
    counts.remove("192.0.2.1");
    assertThat(counts.add("192.0.2.1")).isTrue();
    assertThat(counts.add("192.0.2.1")).isFalse();
  }

  @Test
  void connectionsThatOpenAtOnceDoNotExceedTheLimit() {
    int addresses = 50_000;
    AtomicIntegerArray allowed = new AtomicIntegerArray(addresses);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Thread.ofPlatform()
                    .start(() -> {
                      Eventually.reached("the start", start);
                      for (int address = 0; address < addresses; address++) {
                        if (counts.add(String.valueOf(address))) {
                          allowed.incrementAndGet(address);
                        }
                      }
                    }))
            .toList();
    start.countDown();
    threads.forEach(Eventually::ended);
    assertThat(IntStream.range(0, addresses).map(allowed::get).distinct()).containsExactly(MAX);
  }
}

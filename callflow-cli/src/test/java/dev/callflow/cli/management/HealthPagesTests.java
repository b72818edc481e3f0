package dev.callflow.cli.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.http.HttpPage;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Health;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests what the pages say about the health of a host. */
class HealthPagesTests {

  private static HttpPage.Content ready(Health health) {
    return page("/health/ready", new HealthPages(() -> health, TimeSource.system()));
  }

  private static HttpPage.Content page(String path, HealthPages pages) {
    return pages.pages().stream()
        .filter(it -> it.path().equals(path))
        .findFirst()
        .orElseThrow()
        .content()
        .get();
  }

  private static Health health(boolean connected, boolean store, boolean closing) {
    return new Health(
        List.of(
            new Health.Link("10.0.0.6:8021", connected, Instant.EPOCH),
            new Health.Link("10.0.0.7:8021", false, Instant.EPOCH)),
        store,
        3,
        4,
        closing);
  }

  @Test
  void aHostWithOneFreeSwitchAndItsStoreIsReady() {
    HttpPage.Content content = ready(health(true, true, false));
    assertThat(content.status()).isEqualTo(200);
    assertThat(Json.read(content.text()))
        .isEqualTo(
            Json.read(
                """
                {"status": "ready", "freeswitches": 2, "freeswitches_connected": 1,
                 "store": "reachable", "closing": false}
                """));
  }

  @Test
  void aHostIsNotReadyWithoutFreeSwitchOrStoreOrWhileItCloses() {
    assertThat(ready(health(false, true, false)).status()).isEqualTo(503);
    assertThat(ready(health(true, false, false)).status()).isEqualTo(503);
    assertThat(ready(health(true, true, true)).status()).isEqualTo(503);
    assertThat(ready(health(true, false, false)).text())
        .contains("not_ready", "\"store\":\"unreachable\"");
  }

  @Test
  void noAddressIsShown() {
    assertThat(ready(health(true, true, false)).text()).doesNotContain("10.0.0.6");
  }

  @Test
  void aHostThatIsNotReadyIsAliveAndIsNotAsked() {
    HealthPages pages =
        new HealthPages(
            () -> {
              throw new IllegalStateException("the store hangs");
            },
            TimeSource.system());
    assertThat(page("/health/live", pages).status()).isEqualTo(200);
  }

  @Test
  void theStoreIsAskedOnceASecond() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (VirtualTime time = new VirtualTime()) {
      HealthPages pages =
          new HealthPages(
              () -> {
                asked.incrementAndGet();
                return health(true, true, false);
              },
              time);
      List<Integer> counts = new ArrayList<>();
      time.start(
          "reader",
          () -> {
            page("/health/ready", pages);
            page("/health/ready", pages);
            counts.add(asked.get());
            pause(time);
            page("/health/ready", pages);
            counts.add(asked.get());
          });
      time.run(Duration.ofSeconds(2));
      assertThat(counts).containsExactly(1, 2);
    }
  }

  private static void pause(TimeSource time) {
    try {
      time.inbox(1).poll(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

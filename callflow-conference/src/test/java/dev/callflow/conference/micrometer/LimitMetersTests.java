package dev.callflow.conference.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Grant;
import dev.callflow.core.limit.Lease;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.time.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitMetersTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId GLOBEX = new AccountId("globex");

  private final VirtualTime time = new VirtualTime();
  private final Limits limits =
      Limits.of(
          new MemoryStore().account(ACME, Json.object()).account(GLOBEX, Json.object()),
          time,
          AccountLimits.standard().with(Limit.CALLS, 2).with(Limit.RECORDING_MINUTES, 1));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  LimitMetersTests() {
    new LimitMeters(limits).bindTo(registry);
  }

  @AfterEach
  void close() {
    time.close();
  }

  private double used(String limit) {
    return registry.get("callflow.limits.used").tag("limit", limit).gauge().value();
  }

  private double refusals(String limit) {
    return registry.get("callflow.limits.refusals").tag("limit", limit).functionCounter().count();
  }

  @Test
  void whatAllAccountsUseAddsUp() {
    Lease call = ((Grant.Granted) limits.account(ACME).take(Limit.CALLS)).lease();
    limits.account(GLOBEX).take(Limit.CALLS);
    limits.account(GLOBEX).take(Limit.CALLS);
    assertThat(used("calls")).isEqualTo(3);
    assertThat(used("rooms")).isZero();

    call.close();

    assertThat(used("calls")).isEqualTo(2);
  }

  @Test
  void eachRefusalIsCountedForItsLimit() {
    for (int i = 0; i < 5; i++) {
      limits.account(ACME).take(Limit.CALLS);
    }

    assertThat(refusals("calls")).isEqualTo(3);
    assertThat(refusals("rooms")).isZero();
  }

  @Test
  void recordingsThatAreStoppedCountOnceWhileTheyContinue() throws InterruptedException {
    limits.recording(ACME, () -> {});
    time.run(Duration.ofMinutes(5));

    assertThat(refusals("recording_minutes_per_day")).isOne();
    assertThat(used("recording_minutes_per_day")).isEqualTo(5);
  }

  @Test
  void noMeterNamesAnAccount() {
    limits.account(ACME).take(Limit.CALLS);

    assertThat(registry.getMeters())
        .hasSize(2 * Limit.values().length)
        .allSatisfy(meter ->
            assertThat(meter.getId().getTags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.getKey()).isEqualTo("limit")));
  }
}

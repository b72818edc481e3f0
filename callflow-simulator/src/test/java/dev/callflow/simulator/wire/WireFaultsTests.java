package dev.callflow.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WireFaultsTests {

  @Test
  void theSameSeedMakesTheSameFaults() {
    WireFaults faults = WireFaults.seeded(42).droppingEvents(0.2).doublingEvents(0.2);

    assertThat(fates(faults)).isEqualTo(fates(faults)).contains(WireFaults.Fate.LOST);
    assertThat(fates(faults)).isNotEqualTo(fates(WireFaults.seeded(43).droppingEvents(0.2)));
  }

  private static List<WireFaults.Fate> fates(WireFaults faults) {
    Random random = new Random(faults.seed());
    return Stream.generate(() -> faults.ofEvent("DTMF", random)).limit(50).toList();
  }
}

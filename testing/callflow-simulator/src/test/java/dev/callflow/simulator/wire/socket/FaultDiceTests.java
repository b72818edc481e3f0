package dev.callflow.simulator.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.setup.WireFaults;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultDiceTests {

  @Test
  void theSameSeedMakesTheSameFaults() {
    WireFaults faults = WireFaults.seeded(42).droppingEvents(0.2).doublingEvents(0.2);

    assertThat(fates(faults)).isEqualTo(fates(faults)).contains(FaultDice.Fate.LOST);
    assertThat(fates(faults)).isNotEqualTo(fates(WireFaults.seeded(43).droppingEvents(0.2)));
  }

  @Test
  void connectionsDrawTheirOwnNumbers() {
    WireFaults faults = WireFaults.seeded(42).droppingEvents(0.5);

    assertThat(fates(faults, 1)).isNotEqualTo(fates(faults, 2));
  }

  @Test
  void otherEventsAreNotAffected() {
    WireFaults faults = WireFaults.seeded(42).onlyOf("CUSTOM").droppingEvents(1);

    assertThat(fates(faults)).containsOnly(FaultDice.Fate.SENT);
  }

  @Test
  void repliesAreLostAtTheConfiguredRate() {
    FaultDice all = new FaultDice(() -> WireFaults.seeded(1).losingReplies(1), 1);
    FaultDice none = new FaultDice(() -> WireFaults.NONE, 1);

    assertThat(Stream.generate(all::ofReply).limit(50)).containsOnly(FaultDice.Fate.LOST);
    assertThat(Stream.generate(none::ofReply).limit(50)).containsOnly(FaultDice.Fate.SENT);
  }

  private static List<FaultDice.Fate> fates(WireFaults faults) {
    return fates(faults, 0);
  }

  private static List<FaultDice.Fate> fates(WireFaults faults, long connection) {
    FaultDice dice = new FaultDice(() -> faults, connection);
    return Stream.generate(() -> dice.ofEvent("DTMF")).limit(50).toList();
  }
}

package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Leg;
import dev.callflow.core.time.TimeSource;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreeSwitchTrunkTests {

  private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("host", 8084);
  private static final Leg LEG = new NamedLeg(new CallId("from-elsewhere"));

  private final List<Leg> arrived = new ArrayList<>();
  private final FreeSwitchTrunk trunk =
      new FreeSwitchTrunk(
          leg -> Optional.empty(),
          new DialStrings(FreeSwitchOptions.of(ANY, ANY, "secret"), SwitchText.GUARDED),
          TimeSource.system());

  @Test
  void aLegWithAnExpectedTokenIsHandedOverOnce() {
    trunk.expect("token", arrived::add);

    assertThat(trunk.arrived("token", LEG)).isTrue();
    assertThat(trunk.arrived("token", LEG)).isFalse();
    assertThat(arrived).containsExactly(LEG);
  }

  @Test
  void aLegWithAnUnknownTokenIsNotAccepted() {
    trunk.expect("token", arrived::add);

    assertThat(trunk.arrived("another", LEG)).isFalse();
    assertThat(arrived).isEmpty();
  }

  @Test
  void anUnknownLegIsNotOnThisSwitch() {
    assertThat(trunk.has(new CallId("elsewhere"))).isFalse();
  }
}

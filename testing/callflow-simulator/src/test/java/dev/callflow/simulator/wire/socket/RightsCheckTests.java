package dev.callflow.simulator.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.simulator.wire.setup.UserRights;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightsCheckTests {

  private final RightsCheck check =
      new RightsCheck(
          new UserRights(List.of("CUSTOM", "conference::maintenance"), List.of("status"), false));

  private boolean allows(String word, String line) {
    return check.allow(word, new WireCommand(line, List.of(), ""));
  }

  @Test
  void onlyListedEventsMayBeSubscribedTo() {
    assertThat(allows("event", "event plain CUSTOM conference::maintenance")).isTrue();
    assertThat(allows("event", "event plain CHANNEL_CREATE")).isFalse();
  }

  @Test
  void onlyListedCommandsMayBeRun() {
    assertThat(allows("api", "api status")).isTrue();
    assertThat(allows("api", "api originate x y")).isFalse();
  }

  @Test
  void bgapiNeedsItsOwnPermission() {
    assertThat(allows("bgapi", "bgapi status")).isFalse();
  }

  @Test
  void theLogMayBeDenied() {
    assertThat(allows("log", "log debug")).isFalse();
  }

  @Test
  void otherCommandsAreAlwaysAllowed() {
    assertThat(allows("sendmsg", "sendmsg f00d")).isTrue();
  }
}

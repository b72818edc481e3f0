package dev.callflow.testkit.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("reads the log")
class LogChecksTests {

  @Test
  void forbiddenTextIsFoundAsAWholeWordAndMasked() {
    assertThat(LogChecks.differences(List.of("8264"), List.of("sends 8264", "sends 18264")))
        .containsExactly("logs_never: found in: sends <logs_never 1>");
  }

  @Test
  void digitsInAUuidAreNotALeak() {
    String line = "application=set, eventUuid=8dadda5a-ed45-495c-8264-96b077e52490, loops=1";

    assertThat(LogChecks.differences(List.of("8264"), List.of(line))).isEmpty();
  }

  @Test
  void digitsBesideAUuidAreALeak() {
    String line = "uuid_setvar 8dadda5a-ed45-495c-8264-96b077e52490 digits 8264";

    assertThat(LogChecks.differences(List.of("8264"), List.of(line)))
        .containsExactly("logs_never: found in: uuid_setvar (a UUID) digits <logs_never 1>");
  }
}

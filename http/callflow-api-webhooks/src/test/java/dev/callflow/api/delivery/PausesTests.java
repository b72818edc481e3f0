package dev.callflow.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pauses after failures. */
class PausesTests {

  @ParameterizedTest
  @CsvSource({"1, PT5S", "2, PT10S", "3, PT20S", "10, PT42M40S", "11, PT1H", "1000, PT1H"})
  void pausesDoubleUpToAnHour(int failures, Duration pause) {
    assertThat(Pauses.after(failures)).isEqualTo(pause);
  }
}

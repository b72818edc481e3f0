package dev.callflow.simulator.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CNumberTests {

  @Test
  void leadingDigitsAreRead() {
    assertThat(CNumber.of("30 seconds")).isEqualTo(30);
    assertThat(CNumber.of(" 7")).isEqualTo(7);
    assertThat(CNumber.of("-4")).isEqualTo(-4);
  }

  @Test
  void textWithoutDigitsIsZero() {
    assertThat(CNumber.of("")).isZero();
    assertThat(CNumber.of("-")).isZero();
    assertThat(CNumber.of("off")).isZero();
  }
}

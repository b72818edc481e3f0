package dev.callflow.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalTests {

  @Test
  void ofFifteenRoundsTheThreeLowestAndHighestAreOutside() {
    double[] rounds = {15, 1, 14, 2, 13, 3, 12, 4, 11, 5, 10, 6, 9, 7, 8};

    assertThat(Interval.of(rounds)).isEqualTo(new Interval(8, 4, 12));
  }

  @Test
  void ofSevenRoundsNoneIsOutside() {
    assertThat(Interval.of(new double[] {7, 6, 5, 4, 3, 2, 1})).isEqualTo(new Interval(4, 1, 7));
  }

  @Test
  void oneRoundIsItsOwnInterval() {
    assertThat(Interval.of(new double[] {3})).isEqualTo(new Interval(3, 3, 3));
  }
}

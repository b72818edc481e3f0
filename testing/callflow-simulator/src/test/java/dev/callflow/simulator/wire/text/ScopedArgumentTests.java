package dev.callflow.simulator.wire.text;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected results are those of switch_core_session_exec in FreeSWITCH 1.11. */
class ScopedArgumentTests {

  @Test
  void variablesPrecedeTheArgument() {
    assertThat(ScopedArgument.of("%[a=1,b=2]/tmp/x.wav"))
        .isEqualTo(new ScopedArgument(List.of(entry("a", "1"), entry("b", "2")), "/tmp/x.wav"));
  }

  @Test
  void theSeparatorMayPrecedeTheBlock() {
    assertThat(ScopedArgument.of("%;[a=1,2;b=3]x"))
        .isEqualTo(new ScopedArgument(List.of(entry("a", "1,2"), entry("b", "3")), "x"));
  }

  @Test
  void anyOtherTextIsTheArgument() {
    assertThat(ScopedArgument.of("%(500,500,440)"))
        .isEqualTo(new ScopedArgument(List.of(), "%(500,500,440)"));
    assertThat(ScopedArgument.of("%[a=1")).isEqualTo(new ScopedArgument(List.of(), "%[a=1"));
    assertThat(ScopedArgument.of("")).isEqualTo(new ScopedArgument(List.of(), ""));
  }
}

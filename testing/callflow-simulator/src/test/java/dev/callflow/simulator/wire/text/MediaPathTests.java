package dev.callflow.simulator.wire.text;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected results are those of switch_core_file_open in FreeSWITCH 1.11. */
class MediaPathTests {

  @Test
  void parametersPrecedeThePath() {
    assertThat(MediaPath.of("{timeout=1}{a=b,c=d}/tmp/x.wav"))
        .contains(
            new MediaPath(
                List.of(entry("timeout", "1"), entry("a", "b"), entry("c", "d")), "/tmp/x.wav"));
  }

  @Test
  void aPathWithoutParametersIsUnchanged() {
    assertThat(MediaPath.of("/tmp/{x}.wav")).contains(new MediaPath(List.of(), "/tmp/{x}.wav"));
  }

  @Test
  void anUnclosedBlockOpensNothing() {
    assertThat(MediaPath.of("{a=1/tmp/x.wav")).isEmpty();
  }
}

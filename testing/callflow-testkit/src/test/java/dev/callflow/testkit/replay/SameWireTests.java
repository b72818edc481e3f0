package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.testkit.replay.run.LogBackend;
import dev.callflow.testkit.replay.run.LogCapture;
import dev.callflow.testkit.replay.wire.WireRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two runs of a case over the wire send the same frames in the same order. */
@Isolated("reads the log")
class SameWireTests {

  private static final Path CASE =
      Path.of("../../callflow-conference/src/test/resources/cases/wait-all-at-once.case.json");

  /** Ids and connection numbers differ between runs. */
  private static final Pattern RUN_SPECIFIC =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|esl \\d+");

  @Test
  void everyFrameIsSentInTheSameOrderAgain() throws Exception {
    List<String> first = frames();

    assertThat(first).hasSizeGreaterThan(200);
    assertThat(frames()).isEqualTo(first);
  }

  private static List<String> frames() throws Exception {
    try (LogCapture log = LogBackend.capture()) {
      WireRun.of(CaseFile.read(CASE).script(), List.of(), log::lines).orThrow();
      Map<String, String> names = new HashMap<>();
      return log.lines().stream()
          .filter(line -> line.contains("CommandPipeline"))
          .map(line ->
              RUN_SPECIFIC
                  .matcher(line)
                  .replaceAll(
                      it -> names.computeIfAbsent(it.group(), fresh -> "id-" + names.size())))
          .toList();
    }
  }
}

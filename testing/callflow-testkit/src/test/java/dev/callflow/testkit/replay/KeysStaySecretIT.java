package dev.callflow.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.testkit.replay.result.CaseResult;
import dev.callflow.testkit.replay.run.LogBackend;
import dev.callflow.testkit.replay.run.LogCapture;
import dev.callflow.testkit.replay.wire.WireRun;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The log shows no PIN, whole or key by key, even if it contains every frame on the wire. */
@Isolated("reads the log")
class KeysStaySecretIT {

  private static final Path CASE =
      Path.of("../../callflow-conference/src/test/resources/cases/pins-leak-nowhere.case.json");

  private static final Pattern A_KEY =
      Pattern.compile("(?i)(dtmf|digit|key)[^\\n]{0,12}[ =:\\[]\\d\\b");

  @Test
  void noLogLineOfAnyLevelShowsAPressedKey() throws Exception {
    CaseFile file = CaseFile.read(CASE);
    try (LogCapture log = LogBackend.capture()) {
      CaseResult result = WireRun.of(file.script(), List.of(), log::lines);
      result.orThrow();
      List<String> lines = log.lines();
      assertThat(lines)
          .as("the log, which must contain the frames on the wire")
          .anyMatch(line -> line.contains("DTMF"));
      assertThat(lines).noneMatch(line -> A_KEY.matcher(line).find());
    }
  }
}

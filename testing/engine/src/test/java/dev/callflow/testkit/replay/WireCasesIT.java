package dev.callflow.testkit.replay;

import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every case again over the event socket of the simulated FreeSWITCH. */
@Isolated("the cases check everything that the process logs")
class WireCasesIT {

  @ParameterizedTest
  @MethodSource("dev.callflow.testkit.replay.CasesTests#cases")
  void theCasePassesOverTheEventSocket(Path file) throws Exception {
    CaseRunner.runOnWire(CaseFile.read(file)).orThrow();
  }
}

package dev.callflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays recordings of a real FreeSWITCH against the simulated one and compares every frame. */
class ContractIT {

  private static final Map<String, Recording> RECORDINGS = recordings();

  private static AcceptedDifferences accepted;

  private static Map<String, Recording> recordings() {
    try {
      return Recording.all();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    accepted = AcceptedDifferences.read("accepted-differences.txt");
  }

  /** Runs after all recordings have been replayed. */
  @AfterAll
  static void everyAcceptedDifferenceIsStillNeeded() {
    if (System.getProperty("contract.only") == null) {
      assertThat(accepted.unneeded()).isEmpty();
    }
  }

  static Stream<String> names() {
    String only = System.getProperty("contract.only");
    return RECORDINGS.keySet().stream().filter(it -> only == null || it.matches(only));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("names")
  void theSimulatorAnswersAsRecorded(String name) throws Exception {
    Differences differences = new Differences(name, accepted);
    try (TestedSwitch tested = new SimulatedTestedSwitch()) {
      new Lockstep(RECORDINGS.get(name), tested, new Comparison(differences)).play();
    }
    assertThat(differences.unaccepted()).isEmpty();
  }
}

package dev.callflow.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the recordings against a real FreeSWITCH. Runs only if {@code CALLFLOW_FREESWITCH} is set
 * to {@code host:port:password}. FreeSWITCH must be configured as in {@code contract/freeswitch} of
 * the test resources; its dialplan hands calls to port 8084, or to the port in {@code
 * CALLFLOW_FREESWITCH_APPLICATION}.
 *
 * <p>FreeSWITCH need not be freshly started. The test hangs up all calls on it before and after
 * each recording.
 */
class FreeSwitchContractIT {

  private static final String WHERE = System.getenv("CALLFLOW_FREESWITCH");
  private static final String APPLICATION = System.getenv("CALLFLOW_FREESWITCH_APPLICATION");

  private static Map<String, Recording> recordings;

  @BeforeAll
  static void read() throws IOException {
    recordings = Recording.all();
  }

  @BeforeEach
  void requireAFreeSwitch() {
    assumeTrue(
        WHERE != null,
        "skipped: set CALLFLOW_FREESWITCH=host:port:password to run against a real FreeSWITCH");
  }

  static Stream<String> names() {
    return recordings.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRealFreeSwitchAnswersAsRecorded(String name) throws Exception {
    Differences differences =
        new Differences(name, AcceptedDifferences.read("accepted-on-freeswitch.txt"));
    int port = APPLICATION == null ? 8084 : Integer.parseInt(APPLICATION);
    try (TestedSwitch tested = new RealTestedSwitch(WHERE, port)) {
      new Lockstep(recordings.get(name), tested, new Comparison(differences)).play();
    }
    assertThat(differences.unaccepted()).isEmpty();
  }
}

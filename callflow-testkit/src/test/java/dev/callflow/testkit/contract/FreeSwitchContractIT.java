package dev.callflow.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real FreeSWITCH answers as one did when it was recorded; run when {@code CALLFLOW_FREESWITCH}
 * is {@code host:port:password}. Its dialplan hands calls to port 8084, or to that of {@code
 * CALLFLOW_FREESWITCH_APPLICATION}.
 *
 * <p>Only what does not depend on a fresh process and on the lengths of its prompts is compared.
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
  void thereIsOne() {
    assumeTrue(
        WHERE != null,
        "skipped: CALLFLOW_FREESWITCH=host:port:password would run it against a real FreeSWITCH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inbound-auth-ok-and-basic-replies",
        "inbound-controls-a-call",
        "inbound-event-json-and-xml",
        "inbound-myevents-uuid-ends-and-unparks",
        "inbound-odd-input",
        "outbound-answer-playback-hangup-by-app",
        "outbound-caller-gives-up-before-answer",
        "outbound-caller-hangs-up-during-playback",
        "outbound-connection-dropped-by-application",
        "outbound-digits-barge-in",
        "outbound-digits-timeout",
        "outbound-exit-dialplan-goes-on",
        "outbound-hangup-with-linger-2",
        "outbound-hangup-without-linger",
        "outbound-pipelined-executes",
        "outbound-play-and-get-digits-ok",
        "outbound-transfer-away",
        "outbound-unknown-application-and-missing-file",
        "outbound-uuid-kill"
      })
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

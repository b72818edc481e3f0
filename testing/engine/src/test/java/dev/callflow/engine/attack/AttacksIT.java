package dev.callflow.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callflow.core.document.Json;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts attack payloads into every field that could reach FreeSWITCH; none is executed.
 *
 * <p>Set {@code CALLFLOW_FREESWITCH=host:port:password} to attack a real FreeSWITCH on this
 * machine, configured as for {@code FreeSwitchContractIT}. There the absence of a file also proves
 * that no command ran. Because real calls take time, only every fourth payload is put into each
 * field of a callflow.
 *
 * <p>On the simulated FreeSWITCH, every eighth payload is put into each field, and each field
 * begins with a different payload. Set {@code -Dcallflow.attacks.every=1} to use all payloads.
 */
class AttacksIT {

  private static final String WHERE = System.getenv("CALLFLOW_FREESWITCH");
  private static final String APPLICATION = System.getenv("CALLFLOW_FREESWITCH_APPLICATION");

  private static final Logger LOG = LoggerFactory.getLogger(AttacksIT.class);

  @TempDir private Path folder;

  private static int port() {
    return APPLICATION == null ? 8084 : Integer.parseInt(APPLICATION);
  }

  private Path file() {
    return folder.resolve("callflow-pwned");
  }

  @Test
  void theSimulatedSwitchExecutesNoPayloadInAnyField() throws Exception {
    try (AttackedHost host = AttackedHost.onSimulated(file())) {
      int every = Integer.getInteger("callflow.attacks.every", 8);
      attack(host, every, every);
    }
  }

  @Test
  void aRealSwitchExecutesNoPayloadInAnyField() throws Exception {
    assumeTrue(WHERE != null, "skipped: CALLFLOW_FREESWITCH is not set");
    try (AttackedHost host = AttackedHost.onReal(WHERE, port(), file())) {
      attack(host, 1, 4);
    }
  }

  /** Proves that the tests can detect a successful attack; otherwise they would always pass. */
  @Test
  void theWitnessSeesAVariableALegAndACommandOnTheSimulatedSwitch() throws Exception {
    try (AttackedHost host = AttackedHost.onSimulated(file())) {
      attackDirectly(host);
    }
  }

  @Test
  void theWitnessSeesAVariableALegAndACommandOnARealSwitch() throws Exception {
    assumeTrue(WHERE != null, "skipped: CALLFLOW_FREESWITCH is not set");
    try (AttackedHost host = AttackedHost.onReal(WHERE, port(), file())) {
      attackDirectly(host);
    }
  }

  /** Sends dial strings with malicious values in quotes, which give no protection. */
  private void attackDirectly(AttackedHost host) throws Exception {
    for (String dialString :
        List.of(
            "{x='1,callflow_pwned=1'}loopback/3000/default",
            "{x=y:_:loopback/900555/default:_:z}loopback/3000/default",
            "{x='1,api_on_originate=system touch " + file() + "'}loopback/3000/default")) {
      host.witness().api("originate", dialString + " &park()");
    }
    host.call("1001", "Alice", Json.readObject("{\"module\":\"hangup\",\"data\":{}}"));
    assertThat(host.markers())
        .anyMatch(it -> it.startsWith("the variable"))
        .anyMatch(it -> it.startsWith("a leg to"))
        .anyMatch(it -> it.contains("system touch") || it.startsWith("the file"));
  }

  /**
   * Puts every n-th payload into each field.
   *
   * @param requests the value of n for the fields of requests; 1 means all payloads
   * @param calls the value of n for the fields of calls; 1 means all payloads
   */
  private void attack(AttackedHost host, int requests, int calls) throws Exception {
    List<String> payloads = Payload.all(file().toString()).stream().map(Payload::text).toList();
    assertThat(payloads.size()).isBetween(200, 500);
    host.joinACaller();
    int from = 0;
    for (Field field : Field.ofRequests()) {
      attack(host, field, oneOfEvery(requests, from++, payloads));
    }
    host.witness().api("hupall", "NORMAL_CLEARING");
    for (Field field : Field.ofCalls()) {
      attack(host, field, oneOfEvery(calls, from++, payloads));
    }
  }

  private static List<String> oneOfEvery(int every, int from, List<String> payloads) {
    return IntStream.range(0, payloads.size())
        .filter(i -> (i + from) % every == 0)
        .mapToObj(payloads::get)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Puts payloads into a field and asserts that none of them has been executed. */
  private static void attack(AttackedHost host, Field field, List<String> payloads)
      throws InterruptedException {
    for (String payload : payloads) {
      field.attack().with(host, payload);
    }
    LOG.info("{}: {} payloads", field.name(), payloads.size());
    assertThat(host.markers()).as("%s", field.name()).isEmpty();
  }
}

package dev.callflow.testkit.attack;

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
import tools.jackson.databind.node.ObjectNode;

/**
 * Every payload in every field that could reach FreeSWITCH: none is obeyed.
 *
 * <p>Set {@code CALLFLOW_FREESWITCH=host:port:password} to attack a real one on this machine, set
 * up as for {@code FreeSwitchContractIT}; there a file proves that no command ran, too. Calls take
 * their time there: each field of a callflow gets every fourth payload.
 *
 * <p>On the simulated one each field gets one payload of eight, and each field others, unless
 * {@code -Dcallflow.attacks.every=1} asks for all.
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
  void nothingInAnyFieldIsObeyedByTheSimulatedSwitch() throws Exception {
    try (AttackedHost host = AttackedHost.onSimulated(file())) {
      int every = Integer.getInteger("callflow.attacks.every", 8);
      attack(host, every, every);
    }
  }

  @Test
  void nothingInAnyFieldIsObeyedByARealSwitch() throws Exception {
    assumeTrue(WHERE != null, "skipped: CALLFLOW_FREESWITCH names no FreeSWITCH");
    try (AttackedHost host = AttackedHost.onReal(WHERE, port(), file())) {
      attack(host, 1, 4);
    }
  }

  /** A test that could not see an attack would always succeed. */
  @Test
  void theWitnessSeesAVariableALegAndACommandOnTheSimulatedSwitch() throws Exception {
    try (AttackedHost host = AttackedHost.onSimulated(file())) {
      attackAsAStranger(host);
    }
  }

  @Test
  void theWitnessSeesAVariableALegAndACommandOnARealSwitch() throws Exception {
    assumeTrue(WHERE != null, "skipped: CALLFLOW_FREESWITCH names no FreeSWITCH");
    try (AttackedHost host = AttackedHost.onReal(WHERE, port(), file())) {
      attackAsAStranger(host);
    }
  }

  /** Writes dial strings in quotes, which does not hold. */
  private void attackAsAStranger(AttackedHost host) throws Exception {
    for (String dialString :
        List.of(
            "{x='1,callflow_pwned=1'}loopback/3000/default",
            "{x=y:_:loopback/900555/default:_:z}loopback/3000/default",
            "{x='1,api_on_originate=system touch " + file() + "'}loopback/3000/default")) {
      host.witness().api("originate", dialString + " &park()");
    }
    host.call("1001", "Alice", (ObjectNode) Json.read("{\"module\":\"hangup\",\"data\":{}}"));
    assertThat(host.markers())
        .anyMatch(it -> it.startsWith("the variable"))
        .anyMatch(it -> it.startsWith("a leg to"))
        .anyMatch(it -> it.contains("system touch") || it.startsWith("the file"));
  }

  /**
   * @param requests of how many payloads a field of requests gets one, each field others
   * @param calls the same for a field of calls
   */
  private void attack(AttackedHost host, int requests, int calls) throws Exception {
    List<String> payloads = Payload.all(file().toString()).stream().map(Payload::text).toList();
    assertThat(payloads.size()).isBetween(200, 500);
    host.someoneIsIn();
    int from = 0;
    for (Field field : Field.ofRequests()) {
      attack(host, field, oneOf(requests, from++, payloads));
    }
    host.witness().api("hupall", "NORMAL_CLEARING");
    for (Field field : Field.ofCalls()) {
      attack(host, field, oneOf(calls, from++, payloads));
    }
  }

  private static List<String> oneOf(int every, int from, List<String> payloads) {
    return IntStream.range(0, payloads.size())
        .filter(i -> (i + from) % every == 0)
        .mapToObj(payloads::get)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** What is behind the attack on a field has come after everything that the attack has caused. */
  private static void attack(AttackedHost host, Field field, List<String> payloads)
      throws InterruptedException {
    for (String payload : payloads) {
      field.attack().with(host, payload);
    }
    LOG.info("{}: {} payloads", field.name(), payloads.size());
    assertThat(host.markers()).as("%s", field.name()).isEmpty();
  }
}

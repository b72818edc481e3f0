package dev.callflow.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.SipInvite;
import dev.callflow.testkit.network.VirtualNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** SIP calls to a host with two accounts. The host reads the account's realm from the request. */
class SipCallsOnWireTests {

  private final VirtualTime time = new VirtualTime();
  private SimulatedFreeSwitch simulated;

  @BeforeEach
  void start() throws Exception {
    MemoryStore store = new MemoryStore(time);
    for (String account : new String[] {"acme", "globex"}) {
      store
          .account(
              new AccountId(account), object("{\"realm\":\"%s.example.com\"}".formatted(account)))
          .put(
              new AccountId(account),
              DocumentType.CALLFLOW,
              "greeting",
              object(
                  """
                  {"numbers":["2000"],"flow":{"module":"play",
                   "data":{"id":"tone_stream://%%(100,0,%d)"}}}\
                  """
                      .formatted(account.equals("acme") ? 401 : 402)));
    }
    VirtualNetwork network = new VirtualNetwork(time);
    simulated =
        SimulatedFreeSwitch.builder().password("secret").time(time).network(network).start();
    FreeSwitch host =
        new FreeSwitch(
            FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), simulated.esl(), "secret"),
            time,
            network.runtime());
    CallflowEngine engine = CallflowEngine.builder(store, time).build();
    time.start(
        "host",
        () -> {
          host.start(engine);
          simulated.handCallsTo(host.calls());
        });
    time.run(Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    time.close();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.read(json);
  }

  private SimulatedCaller call(SipInvite invite) throws InterruptedException {
    SimulatedCaller caller = simulated.call(invite);
    time.run(time.elapsed().plusSeconds(10));
    return caller;
  }

  @Test
  void theHostOfTheRequestSelectsTheAccount() throws InterruptedException {
    SipInvite invite = SipInvite.of("1001", "Alice", "2000");

    assertThat(call(invite.realm("acme.example.com")).heard())
        .containsExactly("tone_stream://%(100,0,401)");
    assertThat(call(invite.realm("globex.example.com")).heard())
        .containsExactly("tone_stream://%(100,0,402)");
  }

  @Test
  void aRequestForAnUnknownRealmIsNotServed() throws InterruptedException {
    SimulatedCaller caller = call(SipInvite.of("1001", "Alice", "2000").realm("other.example"));

    assertThat(caller.heard()).isEmpty();
    assertThat(caller.cause()).isPresent();
  }
}

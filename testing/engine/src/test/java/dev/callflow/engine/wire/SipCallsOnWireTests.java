package dev.callflow.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.SipInvite;
import dev.callflow.testkit.network.VirtualNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** SIP calls to a host with two accounts. The host reads the account's realm from the request. */
class SipCallsOnWireTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final String LEG = "11111111-0000-4000-8000-000000000001";

  private final VirtualTime time = new VirtualTime();
  private SimulatedFreeSwitch simulated;
  private Conferences conferences;

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
    store
        .put(
            ACME,
            DocumentType.CONFERENCE,
            "board",
            object("{\"name\":\"Board\",\"member\":{\"join_muted\":false}}"))
        .put(
            ACME,
            DocumentType.CALLFLOW,
            "board",
            object(
                """
                {"numbers":["5000"],"flow":{"module":"conference",
                 "data":{"id":"board","welcome_prompt":{"play":false}}}}\
                """));
    VirtualNetwork network = new VirtualNetwork(time);
    simulated =
        SimulatedFreeSwitch.builder().password("secret").time(time).network(network).start();
    FreeSwitch host =
        new FreeSwitch(
            FreeSwitchOptions.of(new InetSocketAddress("127.0.0.1", 0), simulated.esl(), "secret"),
            time,
            network.runtime());
    conferences = Conferences.builder(store, host.mixer(), time).build();
    CallflowEngine engine =
        CallflowEngine.builder(store, time).modules(conferences.modules()).build();
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
    return Json.readObject(json);
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

  @Test
  void theFarEndOfADialledLegDoesNotEnterTheConferenceThatDialledIt() throws InterruptedException {
    simulated.callee("sip:5000@acme.example.com", new FarEnd.NeverAnswers());
    SipInvite invite = SipInvite.of("1001", "Alice", "5000").realm("acme.example.com");
    SimulatedCaller alice = call(invite);
    assertThat(simulated.rooms()).singleElement().matches(room -> room.size() == 1);
    time.start("operator", () -> conferences.conference(ACME, "board").perform(dial()));
    time.run(time.elapsed().plusSeconds(1));

    SimulatedCaller farEnd = call(invite.header("X-Callflow-Leg", LEG));

    assertThat(farEnd.cause()).contains("EXCHANGE_ROUTING_ERROR");
    assertThat(simulated.rooms()).singleElement().matches(room -> room.size() == 1);
    assertThat(alice.cause()).isEmpty();
  }

  private static ConferenceAction dial() {
    return new ConferenceAction.Dial(
        new DialRequest(
            List.of(new Endpoint.Sip("sip:5000@acme.example.com")),
            "",
            "",
            Set.of(),
            Duration.ofSeconds(20),
            Map.of(),
            Optional.of(LEG),
            Optional.empty(),
            "",
            Json.object()));
  }
}

package dev.callflow.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.action.DialRequest;
import dev.callflow.conference.action.DialledEndpoint;
import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.core.CallObserver;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.Call;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.engine.wire.PatientOptions;
import dev.callflow.freeswitch.CallAccess;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attack: a peer that can reach the port for calls hands over forged calls that belong to an
 * account.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ForgedCallIT {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
  private static final AccountId ACME = new AccountId("acme");
  private static final String SECRET = "correct-horse-battery-staple";
  private final Queue<String> startedModules = new ConcurrentLinkedQueue<>();
  private final Queue<String> published = new ConcurrentLinkedQueue<>();
  private SimulatedFreeSwitch simulated;
  private FreeSwitch freeSwitch;
  private Conferences conferences;

  private void start(CallAccess access, SimulatedFreeSwitch.Builder builder) throws Exception {
    MemoryStore store =
        new MemoryStore()
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "red",
                json("{'name':'red','member':{'join_muted':false}}"))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                json(
                    "{'numbers':['5000'],'flow':{'module':'conference',"
                        + "'data':{'id':'red','welcome_prompt':{'play':false}}}}"))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "other",
                json(
                    "{'numbers':['5001'],'flow':{'module':'conference',"
                        + "'data':{'config':{'name':'blue'},'welcome_prompt':{'play':false}}}}"));
    simulated = builder.esl(ANY).mediaScale(0.01).start();
    freeSwitch =
        new FreeSwitch(
            PatientOptions.of(simulated, "ClueCon").access(access).build(), TimeSource.system());
    conferences = Conferences.builder(store, freeSwitch.mixer(), TimeSource.system()).build();
    conferences.onEvent(this::published);
    freeSwitch.start(
        CallflowEngine.builder(store, TimeSource.system())
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .observer(new ModuleObserver())
            .build());
    simulated.handCallsTo(freeSwitch.calls());
    assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
  }

  private void published(ConferenceEvent event) {
    published.add(event.json().toString());
  }

  private final class ModuleObserver implements CallObserver {
    @Override
    public void moduleStarted(Call call, Node.Action node) {
      startedModules.add(call.id() + " " + call.incoming().variables().keySet());
    }
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }

  @AfterEach
  void stop() {
    freeSwitch.close();
    simulated.close();
  }

  @Test
  void withoutTheSecretNoCallOfAnyAccountIsAccepted() throws Exception {
    start(
        CallAccess.of(List.of(), List.of(SECRET)),
        SimulatedFreeSwitch.builder().callSecret(SECRET));
    List<Map<String, String>> claims =
        List.of(
            Map.of("callflow_account_id", "acme"),
            Map.of("callflow_account_id", "acme", "callflow_token", ""),
            Map.of("callflow_account_id", "acme", "callflow_token", SECRET),
            Map.of("callflow_account_id", "acme", "callflow_token", "0".repeat(32)),
            Map.of("callflow_account_id", "acme", "callflow_dialled", "true"),
            Map.of("callflow_account_id", "acme", "sip_h_X-Callflow-Bridge", "x"),
            Map.of("callflow_account_id", "acme", "callflow_dialled", "true", "loopback_leg", "B"));
    for (int i = 0; i < claims.size(); i++) {
      try (ForgedCallPeer forger = new ForgedCallPeer(freeSwitch.calls())) {
        assertThat(forger.claim("forged-" + i, "5000", claims.get(i)).receivedUntilClosed())
            .as("%s", claims.get(i))
            .contains("uuid_kill forged-" + i + " CALL_REJECTED")
            .doesNotContain("execute");
      }
    }
    assertThat(startedModules).isEmpty();
  }

  @Test
  void theTokenOfOneCallIsNotValidForAnother() throws Exception {
    start(
        CallAccess.of(List.of(), List.of(SECRET)),
        SimulatedFreeSwitch.builder().callSecret(SECRET));
    SimulatedCaller alice = simulated.call("1001", "Alice", "5000");
    Eventually.holds("alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
    String token = alice.channel().orElseThrow().variables().get("callflow_token");
    assertThat(token).isNotEmpty();
    try (ForgedCallPeer forger = new ForgedCallPeer(freeSwitch.calls())) {
      assertThat(
              forger.claim("forged", "5000", Map.of("callflow_token", token)).receivedUntilClosed())
          .contains("uuid_kill forged CALL_REJECTED");
    }
    assertThat(startedModules).hasSize(1);
  }

  @Test
  void callsFromTheDialplanAndDialledLegsAreAcceptedAndTheTokenIsNeverShown() throws Exception {
    start(
        CallAccess.of(List.of("127.0.0.1"), List.of("tomorrow-tomorrow-tomorrow", SECRET)),
        SimulatedFreeSwitch.builder().callSecret(SECRET));
    SimulatedCaller alice = simulated.call("1001", "Alice", "5000");
    Eventually.holds("alice is in a room", () -> alice.awaitJoined(Duration.ZERO), alice::heard);
    simulated.callee("sip:bob@example.com", new FarEnd.Answers(Duration.ofMillis(50)));
    ActionResult result =
        conferences
            .conference(ACME, "red")
            .perform(
                new ConferenceAction.Dial(
                    DialRequest.to(
                        List.of(
                            new Endpoint.Sip("sip:bob@example.com"),
                            new Endpoint.Number("5001")))));
    assertThat(((ActionResult.Done) result).dialled())
        .extracting(DialledEndpoint::message, DialledEndpoint::joined)
        .as("whether bob and the call through the dialplan have joined the room")
        .allMatch(it -> it.toList().getLast().equals(true));
    assertThat(startedModules).isNotEmpty().noneMatch(it -> it.contains("callflow_token"));
    assertThat(published).isNotEmpty().noneMatch(it -> it.contains("token"));
  }

  @Test
  void anAddressThatIsNotAllowedCannotHandOverCalls() throws Exception {
    start(CallAccess.of(List.of("192.0.2.1"), List.of()), SimulatedFreeSwitch.builder());
    try (ForgedCallPeer forger = new ForgedCallPeer(freeSwitch.calls())) {
      assertThat(forger.receivedUntilClosed()).isEmpty();
    }
    assertThat(startedModules).isEmpty();
  }
}

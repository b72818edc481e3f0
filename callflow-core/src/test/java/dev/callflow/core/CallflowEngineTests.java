package dev.callflow.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.ScriptedLeg;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.limit.AccountLimits;
import dev.callflow.core.limit.Limit;
import dev.callflow.core.limit.Limits;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How the engine selects a call's callflow, and how calls end. */
class CallflowEngineTests {

  private final SteppedTime time = new SteppedTime();
  private final ScriptedLeg leg = new ScriptedLeg(time);
  private final MemoryStore store = new MemoryStore();
  private final List<String> ends = new ArrayList<>();
  private final List<CallRecord> records = new ArrayList<>();

  @BeforeEach
  void twoAccounts() {
    account("acme", "{\"realm\":\"acme.example.com\"}");
    account("globex", "{\"realm\":\"globex.example.com\"}");
    callflow(
        "acme",
        "{\"numbers\":[\"100\"],\"flow\":{\"module\":\"hangup\",\"data\":{\"cause\":\"A\"}}}");
    callflow(
        "globex",
        "{\"numbers\":[\"100\"],\"flow\":{\"module\":\"hangup\",\"data\":{\"cause\":\"G\"}}}");
  }

  // ---- the account of a call

  @Test
  void theChannelVariableDeterminesTheAccount() {
    take("100", "acme.example.com", Map.of("callflow_account_id", "globex"));

    assertThat(leg.commands()).containsExactly("hangup G");
  }

  @Test
  void theSipDomainDeterminesTheAccountIfTheVariableIsMissing() {
    take("100", "globex.example.com", Map.of());

    assertThat(leg.commands()).containsExactly("hangup G");
  }

  @Test
  void aCallToAnUnknownDomainBelongsToTheDefaultAccount() {
    take("100", "elsewhere.example.com", Map.of());

    assertThat(leg.commands()).containsExactly("hangup A");
  }

  @Test
  void aCallWithoutAnAccountIsRefusedAsUnallocated() {
    CallflowEngine.builder(store, time).build().take(leg, call("100", "x.example.com", Map.of()));

    assertThat(leg.commands()).containsExactly("hangup UNALLOCATED_NUMBER");
  }

  @Test
  void aCallForANonexistentAccountIsRefusedAsUnallocated() {
    take("100", "", Map.of("callflow_account_id", "nobody"));

    assertThat(leg.commands()).containsExactly("hangup UNALLOCATED_NUMBER");
  }

  @Test
  void aCallAboveTheLimitOfTheAccountIsRefusedUnanswered() {
    account("acme", "{\"config\":{\"limits\":{\"calls\":0}}}");

    take("100", "", Map.of());

    assertThat(leg.commands()).containsExactly("hangup NORMAL_CIRCUIT_CONGESTION");
  }

  @Test
  void anEndedCallNoLongerCountsAgainstTheLimit() {
    Limits limits = Limits.of(store, time, AccountLimits.standard().with(Limit.CALLS, 1));
    CallflowEngine engine =
        CallflowEngine.builder(store, time)
            .limits(limits)
            .defaultAccount(new AccountId("acme"))
            .build();

    engine.take(leg, call("100", "", Map.of()));
    engine.take(leg, call("200", "", Map.of()));
    engine.take(leg, call("100", "", Map.of()));

    assertThat(leg.commands()).containsExactly("hangup A", "hangup UNALLOCATED_NUMBER", "hangup A");
    assertThat(limits.used(new AccountId("acme"), Limit.CALLS)).isZero();
  }

  // ---- the callflow of a call

  @Test
  void aNumberWithoutACallflowIsRefusedUnanswered() {
    take("200", "acme.example.com", Map.of());

    assertThat(leg.commands()).containsExactly("hangup UNALLOCATED_NUMBER");
  }

  @Test
  void aCallerOfTheAccountReachesTheNoMatchCallflow() {
    callflow(
        "acme",
        "{\"numbers\":[\"no_match\"],\"flow\":{\"module\":\"hangup\",\"data\":{\"cause\":\"N\"}}}");

    take("200", "acme.example.com", Map.of("callflow_authorizing_type", "device"));

    assertThat(leg.commands()).containsExactly("hangup N");
  }

  @Test
  void aCallFromATrunkDoesNotReachTheNoMatchCallflow() {
    callflow(
        "acme",
        "{\"numbers\":[\"no_match\"],\"flow\":{\"module\":\"hangup\",\"data\":{\"cause\":\"N\"}}}");

    take("200", "acme.example.com", Map.of("callflow_authorizing_type", "resource"));

    assertThat(leg.commands()).containsExactly("hangup UNALLOCATED_NUMBER");
  }

  @Test
  void theEndOfACallflowHangsUpNormally() {
    callflow("acme", "{\"numbers\":[\"300\"],\"flow\":{}}");

    take("300", "acme.example.com", Map.of());

    assertThat(leg.commands()).containsExactly("hangup NORMAL_CLEARING");
    assertThat(ends).containsExactly("ENGINE NORMAL_CLEARING");
  }

  @Test
  void aTransferredCallIsNotHungUpByTheEngine() {
    callflow(
        "acme",
        "{\"numbers\":[\"300\"],\"flow\":{\"module\":\"transfer\",\"data\":{\"number\":\"7\"}}}");

    take("300", "acme.example.com", Map.of());

    assertThat(leg.commands()).containsExactly("transfer 7");
    assertThat(ends).containsExactly("SWITCH BLIND_TRANSFER");
  }

  @Test
  void aCallerWhoHangsUpDuringACallflowEndsTheCall() {
    callflow(
        "acme",
        "{\"numbers\":[\"300\"],\"flow\":{\"module\":\"sleep\",\"data\":{\"duration\":60}}}");
    leg.callerHangsUp(Duration.ofSeconds(5));

    take("300", "acme.example.com", Map.of());

    assertThat(leg.commands()).isEmpty();
    assertThat(ends).containsExactly("CALLER NORMAL_CLEARING");
  }

  // ---- failures and shutdown

  @Test
  void aCallIsRefusedTemporarilyIfDocumentsCannotBeRead() {
    CallflowEngine engine =
        CallflowEngine.builder(new UnreachableStore(), time)
            .defaultAccount(new AccountId("acme"))
            .build();

    engine.take(leg, call("100", "", Map.of()));

    assertThat(leg.commands()).containsExactly("hangup NORMAL_TEMPORARY_FAILURE");
  }

  @Test
  void aClosedEngineNoLongerListensToTheStore() throws InterruptedException {
    UnreachableStore store = new UnreachableStore();
    CallflowEngine engine = CallflowEngine.builder(store, time).build();
    assertThat(store.listeners).isEqualTo(1);
    assertThat(engine.close(Duration.ofSeconds(1))).isTrue();
    assertThat(store.listeners).isZero();
  }

  @Test
  void aClosingEngineRefusesCallsTemporarily() throws InterruptedException {
    CallflowEngine engine = engine();
    assertThat(engine.close(Duration.ofSeconds(1))).isTrue();

    engine.take(leg, call("100", "acme.example.com", Map.of()));

    assertThat(leg.commands()).containsExactly("hangup NORMAL_TEMPORARY_FAILURE");
    assertThat(engine.live()).isZero();
  }

  @Test
  void theEngineWaitsTenSecondsForTheSwitchToReportTheEnd() {
    callflow("acme", "{\"numbers\":[\"300\"],\"flow\":{}}");
    leg.doesNotReportItsEnd();

    take("300", "acme.example.com", Map.of());

    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(ends).containsExactly("ENGINE NORMAL_CLEARING");
  }

  @Test
  void aModuleOfTheApplicationReplacesTheBuiltInModuleOfTheSameName() {
    CallflowEngine engine = CallflowEngine.builder(store, time).module(new OwnHangup()).build();

    engine.take(leg, call("100", "acme.example.com", Map.of()));

    assertThat(leg.commands()).containsExactly("hangup OWN");
  }

  @Test
  void aNegativeNumberOfBranchesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallflowEngine.builder(store, time).maxBranches(-1))
        .withMessageContaining("-1");
  }

  /** A store that cannot answer. */
  private static final class UnreachableStore implements DocumentStore {

    private int listeners;

    @Override
    public Optional<Account> account(AccountId id) {
      throw new StoreUnavailableException("reading an account", new IllegalStateException("down"));
    }

    @Override
    public Optional<AccountId> accountByRealm(String realm) {
      return Optional.empty();
    }

    @Override
    public Optional<Document> find(AccountId account, DocumentType type, String id) {
      return Optional.empty();
    }

    @Override
    public List<Document> all(AccountId account, DocumentType type) {
      return List.of();
    }

    @Override
    public ObjectNode systemConfig() {
      return Json.object();
    }

    @Override
    public Subscription onChange(Consumer<AccountId> listener) {
      listeners++;
      return () -> listeners--;
    }
  }

  private record OwnHangup() implements CallflowModule {
    @Override
    public String name() {
      return "hangup";
    }

    @Override
    public Outcome run(ModuleContext context) {
      return new Outcome.HangUp(HangupCause.of("OWN"));
    }
  }

  // ---- records of calls

  @Test
  void theRecordOfACallSaysWhoCalledWhomAndHowTheCallEnded() {
    Instant start = time.now();

    take("100", "acme.example.com", Map.of());

    assertThat(records)
        .containsExactly(
            new CallRecord(
                leg.id(),
                Optional.of(new AccountId("acme")),
                "555",
                "Ann",
                "100",
                Optional.of("100"),
                start,
                Optional.empty(),
                time.now(),
                EndedBy.ENGINE,
                HangupCause.of("A"),
                false));
  }

  @Test
  void theRecordOfARefusedCallHasNoCallflow() {
    take("999", "acme.example.com", Map.of());

    assertThat(records)
        .singleElement()
        .satisfies(record -> {
          assertThat(record.account()).contains(new AccountId("acme"));
          assertThat(record.callflow()).isEmpty();
          assertThat(record.cause()).isEqualTo(HangupCause.UNALLOCATED_NUMBER);
        });
  }

  private void take(String number, String realm, Map<String, String> variables) {
    engine().take(leg, call(number, realm, variables));
  }

  private CallflowEngine engine() {
    return CallflowEngine.builder(store, time)
        .defaultAccount(new AccountId("acme"))
        .observer(
            new CallObserver() {
              @Override
              public void ended(CallRecord call) {
                ends.add(call.endedBy() + " " + call.cause());
                records.add(call);
              }
            })
        .build();
  }

  private static IncomingCall call(String number, String realm, Map<String, String> variables) {
    return new IncomingCall(
        number, "555", "Ann", Optional.of(realm).filter(it -> !it.isEmpty()), variables);
  }

  private void account(String id, String body) {
    store.account(new AccountId(id), Json.readObject(body));
  }

  private void callflow(String account, String body) {
    ObjectNode document = Json.readObject(body);
    String id = document.path("numbers").get(0).asString("");
    store.put(new AccountId(account), DocumentType.CALLFLOW, id, document);
  }
}

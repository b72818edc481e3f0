package dev.callflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.listen.Subscription;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The names that callers record before they enter. */
class SpokenNamesTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final Map<String, String> ANN =
      Map.of("callflow_authorizing_type", "user", "callflow_authorizing_id", "ann");

  private final VirtualTime time = new VirtualTime();
  private final MemoryStore documents =
      new MemoryStore()
          .account(ACME, Json.object())
          .put(
              ACME,
              DocumentType.CONFERENCE,
              "room",
              object("{\"name\":\"room\",\"play_name\":true}"))
          .put(
              ACME,
              DocumentType.CALLFLOW,
              "flow",
              object(
                  "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"conference\",\"data\":{\"id\":\"room\"}}}"))
          .put(ACME, DocumentType.USER, "ann", object("{\"first_name\":\"Ann\"}"));
  private final SimulatedSwitch model =
      new SimulatedSwitch(
          time, SwitchSettings.seeded(1, file -> Optional.of(Duration.ofSeconds(1))));
  private final InProcessSwitch ports = new InProcessSwitch(model, time);

  @AfterEach
  void close() throws Exception {
    time.close();
  }

  @Test
  void theNameOfAnUnknownCallerIsDeletedAMinuteAfterTheyLeave() throws Exception {
    engine(documents);
    call("stranger", Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(30));
    List<String> during = at(Duration.ofSeconds(20));
    List<String> soonAfter = at(Duration.ofSeconds(85));
    List<String> later = at(Duration.ofSeconds(95));
    run();
    assertThat(during).singleElement().asString().matches("/recordings/name_[0-9a-f]{32}\\.wav");
    assertThat(soonAfter).isEqualTo(during);
    assertThat(later).isEmpty();
  }

  @Test
  void aCallerWhoHangsUpWhileRecordingLeavesNoRecording() throws Exception {
    engine(documents);
    call("stranger", Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(6));
    call("user", ANN, Duration.ofSeconds(5), Duration.ofSeconds(6));
    run();
    assertThat(model.recordings()).isEmpty();
    assertThat(documents.all(ACME, DocumentType.MEDIA)).isEmpty();
  }

  @Test
  void aUsersNameIsKeptInTheirDocument() throws Exception {
    engine(documents);
    call("first", ANN, Duration.ofSeconds(5), Duration.ofSeconds(30));
    run();
    Document medium = documents.all(ACME, DocumentType.MEDIA).getFirst();
    String recording = Json.text(medium.body(), "recording").orElseThrow();
    assertThat(recording).matches("username_[0-9a-f]{32}");
    assertThat(model.recordings()).containsExactly("/recordings/" + recording + ".wav");
    ObjectNode user = documents.find(ACME, DocumentType.USER, "ann").orElseThrow().body();
    assertThat(Json.text(user, "first_name")).contains("Ann");
    assertThat(Json.object(user, "name_pronounced").flatMap(it -> Json.text(it, "media_id")))
        .contains(medium.id());
  }

  @Test
  void aUserRecordsTheirNameOnceEvenIfTheirDocumentIsReadOnly() throws Exception {
    engine(new ReadOnly(documents));
    call("first", ANN, Duration.ofSeconds(5), Duration.ofSeconds(30));
    time.at(
        Duration.ofMinutes(5),
        Phase.WORK,
        "again",
        () -> call("second", ANN, Duration.ofMinutes(6), Duration.ofSeconds(330)));
    run();
    assertThat(model.recordings()).hasSize(1);
    assertThat(documents.all(ACME, DocumentType.MEDIA)).isEmpty();
  }

  private CallflowEngine engine;

  private void engine(DocumentStore store) {
    Conferences conferences = Conferences.builder(store, ports.mixer(), time).build();
    engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
  }

  /** Schedules a call whose caller speaks for two seconds, presses a key, and hangs up later. */
  private void call(String id, Map<String, String> variables, Duration speaks, Duration hangsUp) {
    time.at(
        time.elapsed(),
        Phase.CALLS,
        id,
        () -> {
          model.arrive(new NewChannel(id, "1001", "", "1", "", variables));
          engine.take(
              ports.leg(new CallId(id)),
              new IncomingCall("1", "1001", "", Optional.empty(), variables));
        });
    time.at(speaks, Phase.WORK, id + " speaks", () -> model.talk(id, Duration.ofSeconds(2)));
    time.at(speaks.plusSeconds(3), Phase.WORK, id + " presses", () -> model.press(id, '1'));
    time.at(
        hangsUp,
        Phase.WORK,
        id + " hangs up",
        () -> model.hangUp(id, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  private List<String> at(Duration when) {
    List<String> seen = new ArrayList<>();
    time.at(when, Phase.SNAPSHOTS, "look", () -> seen.addAll(model.recordings()));
    return seen;
  }

  private void run() throws Exception {
    assertThat(time.run(Duration.ofMinutes(20))).isTrue();
  }

  private static ObjectNode object(String text) {
    return Json.readObject(text);
  }

  /** A store that cannot be written to, such as a folder of documents. */
  private record ReadOnly(DocumentStore of) implements DocumentStore {

    @Override
    public Optional<Account> account(AccountId id) {
      return of.account(id);
    }

    @Override
    public Optional<AccountId> accountByRealm(String realm) {
      return of.accountByRealm(realm);
    }

    @Override
    public Optional<Document> find(AccountId account, DocumentType type, String id) {
      return of.find(account, type, id);
    }

    @Override
    public List<Document> all(AccountId account, DocumentType type) {
      return of.all(account, type);
    }

    @Override
    public ObjectNode systemConfig() {
      return of.systemConfig();
    }

    @Override
    public Subscription onChange(Consumer<AccountId> listener) {
      return of.onChange(listener);
    }
  }
}

package dev.callflow.engine.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.testkit.network.VirtualNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Muting all participants while others join, over the event socket in virtual time. */
class MuteAllTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final int CALLERS = 40;
  private static final ActionResult DONE = new ActionResult.Done(List.of());

  private final VirtualTime time = new VirtualTime();
  private final VirtualNetwork network = new VirtualNetwork(time);
  private final MemoryStore store = new MemoryStore(time).account(ACME, Json.object());
  private final AtomicReference<@Nullable Instant> firstMute = new AtomicReference<>();
  private SimulatedFreeSwitch simulated;
  private Conferences conferences;

  @BeforeEach
  void start() throws IOException {
    document(DocumentType.CONFERENCE, "red", "{'name':'red','member':{'join_muted':false}}");
    document(DocumentType.CALLFLOW, "member", flow("5000", ""));
    document(DocumentType.CALLFLOW, "moderator", flow("5001", ",'moderator':true"));
    simulated = SimulatedFreeSwitch.builder().time(time).network(network).start();
    FreeSwitch host =
        new FreeSwitch(
            FreeSwitchOptions.of(
                new InetSocketAddress("127.0.0.1", 8084), simulated.esl(), "ClueCon"),
            time,
            network.runtime());
    conferences = Conferences.builder(store, host.mixer(), time).build();
    CallflowEngine engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    time.start(
        "host",
        () -> {
          host.start(engine);
          simulated.handCallsTo(host.calls());
        });
    passes(Duration.ofSeconds(2));
    simulated
        .model()
        .listen(
            SwitchEvent.MemberChanged.class,
            changed -> {
              if (changed.what() == SwitchEvent.MemberChange.MUTED) {
                firstMute.compareAndSet(null, time.now());
              }
            });
  }

  @AfterEach
  void stop() {
    time.close();
  }

  private void document(DocumentType type, String id, String json) {
    store.put(ACME, type, id, Json.readObject(json.replace('\'', '"')));
  }

  private static String flow(String number, String more) {
    return "{'numbers':['"
        + number
        + "'],'flow':{'module':'conference','data':{'id':'red',"
        + "'welcome_prompt':{'play':false}"
        + more
        + "}}}";
  }

  private void passes(Duration length) {
    try {
      time.run(time.elapsed().plus(length));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void perform(ConferenceAction action, List<ActionResult> results) {
    time.start("operator", () -> results.add(conferences.conference(ACME, "red").perform(action)));
  }

  private List<MemberState> inMixer() {
    return simulated.model().rooms().members(simulated.rooms().getFirst().name());
  }

  private Map<CallId, Boolean> mutedInView() {
    Map<CallId, Boolean> muted = new HashMap<>();
    List<Member> members = new ArrayList<>();
    time.start(
        "view",
        () ->
            members.addAll(
                conferences.conference(ACME, "red").view().orElseThrow().participants()));
    passes(Duration.ZERO);
    members.forEach(member -> muted.put(member.call(), member.muted()));
    return muted;
  }

  private static boolean isModerator(MemberState member) {
    return member.channel().callerNumber().startsWith("9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void thoseWhoAreInTheMixerAreMutedAndTheViewAgrees(int seed) {
    simulated.faults(
        WireFaults.seeded(seed)
            .onlyOf("CUSTOM")
            .delayingEvents(0.5, Duration.ofMillis(80))
            .delayingReplies(0.3, Duration.ofMillis(40)));
    List<ActionResult> results = new ArrayList<>();
    simulated.call("900", "Boss", "5001");
    for (int i = 0; i < CALLERS; i++) {
      simulated.call(String.valueOf(1000 + i), "Caller", "5000");
      passes(Duration.ofMillis(7));
      if (i == CALLERS / 2 + seed) {
        perform(new ConferenceAction.MuteAll(true), results);
      }
    }
    passes(Duration.ofSeconds(10));

    assertThat(results).containsExactly(DONE);
    List<MemberState> members = inMixer();
    assertThat(members).hasSize(CALLERS + 1);
    Instant muted = Objects.requireNonNull(firstMute.get());
    Map<CallId, Boolean> view = mutedInView();
    for (MemberState member : members) {
      String who = member.channel().callerNumber() + ", who joined at " + member.joined();
      // The mixer decides about those who join in the millisecond of the command.
      if (!member.joined().equals(muted)) {
        assertThat(member.muted())
            .as(who)
            .isEqualTo(!isModerator(member) && member.joined().isBefore(muted));
      }
      assertThat(view.get(new CallId(member.channel().uuid())))
          .as("the view of " + who)
          .isEqualTo(member.muted());
    }
  }

  @Test
  void rolesThatOperatorsHaveAssignedCount() {
    simulated.call("900", "Boss", "5001");
    simulated.call("1000", "Alice", "5000");
    simulated.call("1001", "Bob", "5000");
    passes(Duration.ofSeconds(1));
    Map<String, MemberState> before = byNumber();
    List<ActionResult> results = new ArrayList<>();
    perform(new ConferenceAction.SetRole(before.get("900").channel().uuid(), false), results);
    perform(new ConferenceAction.SetRole(before.get("1000").channel().uuid(), true), results);
    passes(Duration.ofSeconds(1));
    perform(new ConferenceAction.MuteAll(true), results);
    passes(Duration.ofSeconds(5));
    assertThat(results).containsExactly(DONE, DONE, DONE);
    Map<String, MemberState> after = byNumber();
    assertThat(after.get("900").muted()).isTrue();
    assertThat(after.get("1000").muted()).isFalse();
    assertThat(after.get("1001").muted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void allWhoAreInTheMixerAreMutedEvenIfItDoesNotKnowAModerator(int seed) {
    List<ActionResult> results = new ArrayList<>();
    simulated.call("1999", "Carol", "5000");
    passes(Duration.ofSeconds(1));
    perform(new ConferenceAction.SetRole(inMixer().getFirst().channel().uuid(), true), results);
    passes(Duration.ofSeconds(1));
    simulated.faults(
        WireFaults.seeded(seed)
            .onlyOf("CUSTOM")
            .delayingEvents(0.5, Duration.ofMillis(80))
            .delayingReplies(0.3, Duration.ofMillis(40)));
    AtomicReference<@Nullable Instant> ordered = new AtomicReference<>();
    AtomicReference<@Nullable Instant> done = new AtomicReference<>();
    for (int i = 0; i < CALLERS; i++) {
      simulated.call(String.valueOf(1000 + i), "Caller", "5000");
      passes(Duration.ofMillis(7));
      if (i == CALLERS / 2 + seed) {
        time.start(
            "operator",
            () -> {
              ordered.set(time.now());
              results.add(
                  conferences.conference(ACME, "red").perform(new ConferenceAction.MuteAll(true)));
              done.set(time.now());
            });
      }
    }
    passes(Duration.ofSeconds(10));

    assertThat(results).containsExactly(DONE, DONE);
    assertThat(inMixer()).hasSize(CALLERS + 1);
    Map<CallId, Boolean> view = mutedInView();
    for (MemberState member : inMixer()) {
      String who = member.channel().callerNumber() + ", who joined at " + member.joined();
      if (member.channel().callerNumber().equals("1999")) {
        assertThat(member.muted()).as("the moderator").isFalse();
      } else if (member.joined().isBefore(Objects.requireNonNull(ordered.get()))) {
        assertThat(member.muted()).as(who).isTrue();
      } else if (member.joined().isAfter(Objects.requireNonNull(done.get()))) {
        assertThat(member.muted()).as(who).isFalse();
      }
      assertThat(view.get(new CallId(member.channel().uuid())))
          .as("the view of " + who)
          .isEqualTo(member.muted());
    }
  }

  private Map<String, MemberState> byNumber() {
    Map<String, MemberState> members = new HashMap<>();
    inMixer().forEach(member -> members.put(member.channel().callerNumber(), member));
    return members;
  }
}

package dev.callflow.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.core.call.Call;
import dev.callflow.core.call.CallEndedException;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.ScriptedLeg;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.CallflowLookup;
import dev.callflow.core.document.CallflowMatch;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Node;
import dev.callflow.core.document.ParsedCallflow;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** How a call walks through a tree. Nodes of the module {@code step} record that they have run. */
class InterpreterTests {

  private static final int MAX_BRANCHES = 3;
  private static final HangupCause BUSY = HangupCause.USER_BUSY;

  private final SteppedTime time = new SteppedTime();
  private final ScriptedLeg leg = new ScriptedLeg(time);
  private final List<String> ran = new ArrayList<>();
  private final List<CallObserver> observers = new ArrayList<>();
  private final Map<String, CallflowModule> modules = new HashMap<>();

  InterpreterTests() {
    module(
        "step",
        context -> {
          ran.add(Json.text(context.data(), "name").orElse(""));
          return new Outcome.Continue();
        });
  }

  // ---- the wildcard and other children

  @Test
  void aModuleThatContinuesIsFollowedByItsWildcardChild() {
    walk(step("one", step("two", step("three"))));

    assertThat(ran).containsExactly("one", "two", "three");
  }

  @Test
  void aCallThatContinuesPastTheLastNodeIsHungUpNormally() {
    assertThat(walk(step("one"))).contains(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void continuingTakesOnlyTheWildcardChild() {
    walk(node("step", "one", Map.of("1", step("other"))));

    assertThat(ran).containsExactly("one");
  }

  @Test
  void aModuleThatNamesAChildIsFollowedByThatChild() {
    module("chooses", new Outcome.ContinueAt("2"));

    walk(node("chooses", "", Map.of("1", step("one"), "2", step("two"), "_", step("wildcard"))));

    assertThat(ran).containsExactly("two");
  }

  @Test
  void aModuleThatNamesAMissingChildIsFollowedByTheWildcardChild() {
    module("chooses", new Outcome.ContinueAt("9"));

    walk(node("chooses", "", Map.of("1", step("one"), "_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void aModuleThatNamesAMissingChildStopsIfThereIsNoWildcardChild() {
    module("chooses", new Outcome.ContinueAt("9"));

    assertThat(walk(node("chooses", "", Map.of("1", step("one")))))
        .contains(HangupCause.NORMAL_CLEARING);
    assertThat(ran).isEmpty();
  }

  @Test
  void keysOfChildrenAreCaseSensitive() {
    module("chooses", new Outcome.ContinueAt("Timeout"));

    walk(node("chooses", "", Map.of("timeout", step("lower case"), "_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void anExitContinuesAtTheChildThatItNames() {
    module("exits", new Outcome.ExitAt("left"));

    walk(node("exits", "", Map.of("left", step("left"), "_", step("wildcard"))));

    assertThat(ran).containsExactly("left");
  }

  @Test
  void theRestOfAModuleThatWaitsForLongDecidesHowTheCallflowContinues() {
    module(
        "waits",
        new Outcome.LongWait(
            Duration.ofHours(1),
            () -> new Outcome.LongWait(Duration.ofHours(1), () -> new Outcome.ExitAt("left"))));

    walk(node("waits", "", Map.of("left", step("left"), "_", step("wildcard"))));

    assertThat(ran).containsExactly("left");
  }

  @Test
  void aModuleThatFailsAfterALongWaitIsFollowedByTheWildcardChild() {
    module(
        "waits",
        new Outcome.LongWait(
            Duration.ofHours(1),
            () -> {
              throw new IllegalStateException("failed after the wait");
            }));

    walk(node("waits", "", Map.of("_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void anExitAtAMissingChildHangsUpAndDoesNotTakeTheWildcardChild() {
    module("exits", new Outcome.ExitAt("left"));

    assertThat(walk(node("exits", "", Map.of("_", step("wildcard")))))
        .contains(HangupCause.NORMAL_CLEARING);
    assertThat(ran).isEmpty();
  }

  @Test
  void anExitAtAMissingChildDoesNotReturnToSavedNodes() {
    module("branches", new Outcome.Branch(node("exits", "", Map.of())));
    module("exits", new Outcome.ExitAt("left"));

    walk(node("branches", "", Map.of("_", step("saved"))));

    assertThat(ran).isEmpty();
  }

  @Test
  void anExitAtAnEmptyChildHangsUpAndDoesNotReturnToSavedNodes() {
    module("branches", new Outcome.Branch(node("exits", "", Map.of("left", empty()))));
    module("exits", new Outcome.ExitAt("left"));

    assertThat(walk(node("branches", "", Map.of("_", step("saved")))))
        .contains(HangupCause.NORMAL_CLEARING);
    assertThat(ran).isEmpty();
  }

  // ---- nodes that do not run

  @Test
  void anEmptyNodeStopsTheCallflow() {
    assertThat(walk(empty())).contains(HangupCause.NORMAL_CLEARING);
  }

  @Test
  void anEmptyChildStopsTheCallflowAndIsNotReplacedByTheWildcardChild() {
    module("chooses", new Outcome.ContinueAt("1"));

    walk(node("chooses", "", Map.of("1", empty(), "_", step("wildcard"))));

    assertThat(ran).isEmpty();
  }

  @Test
  void aMalformedNodeContinuesAtItsWildcardChild() {
    walk(new Node.Malformed(path(), Map.of("_", step("wildcard"), "1", step("one"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void aNodeOfAnUnknownModuleContinuesAtItsWildcardChild() {
    walk(node("unknown", "", Map.of("_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void aSkippedNodeContinuesAtItsWildcardChild() {
    module("hangs_up", new Outcome.HangUp(BUSY));
    Node.Action node = node("hangs_up", "", Map.of("_", step("wildcard")));
    node.data().put("skip_module", true);

    walk(node);

    assertThat(ran).containsExactly("wildcard");
  }

  // ---- other trees

  @Test
  void aBranchReturnsToTheWildcardChildOfTheBranchingNode() {
    module("branches", new Outcome.Branch(step("inside", step("still inside"))));

    walk(node("branches", "", Map.of("_", step("back"))));

    assertThat(ran).containsExactly("inside", "still inside", "back");
  }

  @Test
  void nestedBranchesReturnInnermostFirst() {
    module("outer", new Outcome.Branch(node("inner", "", Map.of("_", step("back in outer")))));
    module("inner", new Outcome.Branch(step("innermost")));

    walk(node("outer", "", Map.of("_", step("back at the top"))));

    assertThat(ran).containsExactly("innermost", "back in outer", "back at the top");
  }

  @Test
  void aBranchWithoutAWildcardChildSavesNoNode() {
    module("branches", new Outcome.Branch(node("stops_with", "", Map.of())));
    module("stops_with", new Outcome.StopWith(BUSY));

    assertThat(walk(node("branches", "", Map.of("1", step("one"))))).contains(BUSY);
  }

  @Test
  void anEmptyWildcardChildIsNotSaved() {
    module("branches", new Outcome.Branch(node("stops_with", "", Map.of())));
    module("stops_with", new Outcome.StopWith(BUSY));

    assertThat(walk(node("branches", "", Map.of("_", empty())))).contains(BUSY);
  }

  @Test
  void aCallThatBranchesForeverIsHungUp() {
    List<String> branched = new ArrayList<>();
    Node[] loop = new Node[1];
    module(
        "loops",
        context -> {
          branched.add("again");
          return new Outcome.Branch(loop[0]);
        });
    loop[0] = node("loops", "", Map.of("_", step("back")));

    assertThat(walk(loop[0])).contains(HangupCause.NORMAL_CLEARING);
    assertThat(branched).hasSize(MAX_BRANCHES + 1);
    assertThat(ran).isEmpty();
  }

  @Test
  void aCallMayBranchAsOftenAsTheLimitAllows() {
    int[] remaining = {MAX_BRANCHES};
    Node[] loop = new Node[1];
    module(
        "loops", context -> remaining[0]-- > 0 ? new Outcome.Branch(loop[0]) : new Outcome.Stop());
    loop[0] = node("loops", "", Map.of("_", step("back")));

    walk(loop[0]);

    assertThat(ran).containsExactly("back", "back", "back");
  }

  @Test
  void aReplacementDoesNotReturn() {
    module("replaces", new Outcome.Replace(step("instead")));

    walk(node("replaces", "", Map.of("_", step("wildcard"))));

    assertThat(ran).containsExactly("instead");
  }

  // ---- ends

  @Test
  void aStopReturnsToTheSavedNodeAndNotToTheWildcardChild() {
    module("branches", new Outcome.Branch(node("stops", "", Map.of("_", step("wildcard")))));
    module("stops", new Outcome.Stop());

    walk(node("branches", "", Map.of("_", step("saved"))));

    assertThat(ran).containsExactly("saved");
  }

  @Test
  void aStopWithoutASavedNodeHangsUpNormally() {
    module("stops", new Outcome.Stop());

    assertThat(walk(node("stops", "", Map.of("_", step("wildcard")))))
        .contains(HangupCause.NORMAL_CLEARING);
    assertThat(ran).isEmpty();
  }

  @Test
  void aStopWithACauseHangsUpWithThatCauseIfNoNodeIsSaved() {
    module("stops_with", new Outcome.StopWith(BUSY));

    assertThat(walk(node("stops_with", "", Map.of("_", step("wildcard"))))).contains(BUSY);
    assertThat(ran).isEmpty();
  }

  @Test
  void aStopWithACauseReturnsToTheSavedNode() {
    module("branches", new Outcome.Branch(node("stops_with", "", Map.of())));
    module("stops_with", new Outcome.StopWith(BUSY));

    assertThat(walk(node("branches", "", Map.of("_", step("saved")))))
        .contains(HangupCause.NORMAL_CLEARING);
    assertThat(ran).containsExactly("saved");
  }

  @Test
  void aHangupEndsTheWalkEvenIfANodeIsSaved() {
    module("branches", new Outcome.Branch(node("hangs_up", "", Map.of())));
    module("hangs_up", new Outcome.HangUp(BUSY));

    assertThat(walk(node("branches", "", Map.of("_", step("saved"))))).contains(BUSY);
    assertThat(ran).isEmpty();
  }

  @Test
  void aTransferEndsTheWalkWithoutAHangup() {
    module("transfers", new Outcome.Transferred());

    assertThat(walk(node("transfers", "", Map.of("_", step("wildcard"))))).isEmpty();
    assertThat(ran).isEmpty();
  }

  @Test
  void aCallControlledElsewhereIsNotHungUp() {
    module("usurps", new Outcome.Usurped());

    assertThat(walk(node("usurps", "", Map.of("_", step("wildcard"))))).isEmpty();
    assertThat(ran).isEmpty();
  }

  // ---- failures

  @Test
  void aFailingModuleIsFollowedByItsWildcardChild() {
    module(
        "fails",
        context -> {
          throw new IllegalStateException("broken");
        });

    walk(node("fails", "", Map.of("_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void aModuleThatLacksAClassOfItsJarIsFollowedByTheWildcardChild() {
    module(
        "lacks",
        context -> {
          throw new NoClassDefFoundError("com/example/Calendar");
        });

    walk(node("lacks", "", Map.of("_", step("wildcard"))));

    assertThat(ran).containsExactly("wildcard");
  }

  @Test
  void theEndOfTheCallEndsTheWalkImmediately() {
    module(
        "waits",
        context -> {
          context.call().sleep(Duration.ofMinutes(1));
          return new Outcome.Continue();
        });
    leg.callerHangsUp(Duration.ofSeconds(20));

    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(() -> walk(node("waits", "", Map.of("_", step("too late")))))
        .matches(end -> end.by() == EndedBy.CALLER);
    assertThat(ran).isEmpty();
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aModuleThatWaitsDelaysTheWalk() {
    module(
        "waits",
        context -> {
          context.call().sleep(Duration.ofMinutes(1));
          return new Outcome.Continue();
        });

    walk(node("waits", "", Map.of("_", step("then"))));

    assertThat(ran).containsExactly("then");
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(1));
  }

  // ---- what modules and observers receive

  @Test
  void aModuleReceivesItsNodeItsDataAndTheMatch() {
    List<ModuleContext> contexts = new ArrayList<>();
    module(
        "looks",
        context -> {
          contexts.add(context);
          return new Outcome.Continue();
        });
    Node.Action node = node("looks", "data", Map.of());

    walk(node);

    assertThat(contexts).hasSize(1);
    assertThat(contexts.getFirst().node()).isSameAs(node);
    assertThat(contexts.getFirst().data()).isSameAs(node.data());
    assertThat(contexts.getFirst().account().id()).isEqualTo(new AccountId("acme"));
    assertThat(contexts.getFirst().flow().captured()).contains("42");
  }

  @Test
  void variablesAreKeptForLaterModulesOfTheSameCallOnly() {
    module(
        "keeps",
        context -> {
          context.variables().put("dtmf_order", "7");
          return new Outcome.Continue();
        });
    module(
        "reads",
        context -> {
          ran.add(String.valueOf(context.variables().get("dtmf_order")));
          return new Outcome.Continue();
        });

    walk(node("keeps", "", Map.of("_", node("reads", "", Map.of()))));
    walk(node("reads", "", Map.of()));

    assertThat(ran).containsExactly("7", "null");
  }

  @Test
  void observersAreNotifiedOfModulesThatRunButNotOfSkippedOnes() {
    List<String> started = new ArrayList<>();
    observers.add(
        new CallObserver() {
          @Override
          public void moduleStarted(Call call, Node.Action node) {
            started.add(node.module());
          }
        });
    Node.Action skipped = node("step", "", Map.of("_", step("two")));
    skipped.data().put("skip_module", true);

    walk(node("unknown", "", Map.of("_", step("one", skipped))));

    assertThat(started).containsExactly("step", "step");
  }

  @Test
  void aFailingObserverAffectsNeitherTheCallNorOtherObservers() {
    List<String> started = new ArrayList<>();
    observers.add(
        new CallObserver() {
          @Override
          public void moduleStarted(Call call, Node.Action node) {
            throw new IllegalStateException("broken");
          }
        });
    observers.add(
        new CallObserver() {
          @Override
          public void moduleStarted(Call call, Node.Action node) {
            started.add(node.module());
          }
        });

    walk(step("one"));

    assertThat(ran).containsExactly("one");
    assertThat(started).containsExactly("step");
  }

  // ---- building and walking trees

  private record TestModule(String name, Function<ModuleContext, Outcome> action)
      implements CallflowModule {
    @Override
    public Outcome run(ModuleContext context) {
      return action.apply(context);
    }
  }

  private void module(String name, Outcome outcome) {
    module(name, context -> outcome);
  }

  private void module(String name, Function<ModuleContext, Outcome> action) {
    modules.put(name, new TestModule(name, action));
  }

  private static JsonPointer path() {
    return JsonPointer.compile("/flow");
  }

  private static Node empty() {
    return new Node.Empty(path());
  }

  private static Node.Action step(String name) {
    return node("step", name, Map.of());
  }

  private static Node.Action step(String name, Node then) {
    return node("step", name, Map.of("_", then));
  }

  private static Node.Action node(String module, String name, Map<String, Node> children) {
    ObjectNode data = Json.object();
    data.put("name", name);
    return new Node.Action(path(), module, data, children);
  }

  private Optional<HangupCause> walk(Node root) {
    MemoryStore store = new MemoryStore();
    Account account = Account.of(new AccountId("acme"), Json.object());
    CallflowMatch flow =
        new CallflowMatch(
            new ParsedCallflow("f", "Front door", List.of("1"), List.of(), root),
            Optional.of("42"),
            Map.of());
    IncomingCall incoming = new IncomingCall("1", "555", "Ann", Optional.empty(), Map.of());
    Walked walked =
        new Interpreter(
                new CallflowLookup(store), modules, MAX_BRANCHES, MediaGuard.standard(), observers)
            .walk(new Call(leg, account.id(), incoming, time), account, flow);
    while (walked instanceof Walked.ToALongWait(Call c, Duration t, Supplier<Walked> rest)) {
      walked = rest.get();
    }
    return ((Walked.ToTheEnd) walked).hangup();
  }
}

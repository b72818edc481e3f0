package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.DialOrder;
import dev.callflow.conference.mixer.DialReply;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.engine.wire.PatientOptions;
import dev.callflow.esl.runtime.EslRuntime;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.simulator.wire.effect.Effect;
import dev.callflow.waiting.Eventually;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each guard is needed: without it, but with all the others, an attack succeeds on a switch that
 * parses arguments as FreeSWITCH does. The attacks use the engine's ports directly, and thus bypass
 * the checks of documents and requests.
 */
class GuardsIT {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
  private static final AccountId ACME = new AccountId("acme");
  private static final RoomId ROOM = new RoomId(ACME, "red");
  private static final String NUMBER = "5551212";
  private static final String COMMAND = "${system(touch /nowhere/callflow-pwned)}";

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAGuardAnAttackSucceeds(Guard guard) throws Exception {
    assertThat(succeeds(guard, EnumSet.allOf(Guard.class)))
        .as("the attack succeeds with all guards")
        .isFalse();
    assertThat(succeeds(guard, EnumSet.complementOf(EnumSet.of(guard))))
        .as("the attack succeeds without %s", guard)
        .isTrue();
  }

  /** Returns whether the attack that a guard prevents succeeds if the given guards are used. */
  private static boolean succeeds(Guard guard, Set<Guard> guards) throws Exception {
    try (Attacked attacked = new Attacked(new SwitchText(guards))) {
      return switch (guard) {
        // The quotes around the dial string end too early, so the leg calls a different target.
        case QUOTE -> !attacked.dials("x'", Map.of());
        // The backslash escapes the separator, so the next variable becomes part of the name.
        case BACKSLASH ->
            !attacked.dials("x\\", Map.of())
                || attacked.shows(it ->
                    it instanceof Effect.Dialled leg && !leg.variables().containsValue(NUMBER));
        case BRACE -> {
          attacked.dials("x}loopback/900555/default,", Map.of());
          yield attacked.shows(GuardsIT::isForeignLeg);
        }
        case ENTERPRISE -> {
          attacked.dials("x:_:loopback/900555/default:_:", Map.of());
          yield attacked.shows(GuardsIT::isForeignLeg);
        }
        case CONTROL -> {
          attacked.dials("Red", Map.of("cav_a", "~;!#\u001fcallflow_pwned=1"));
          yield attacked.shows(GuardsIT::isMarkedLeg);
        }
        case SEPARATOR -> {
          attacked.dials("Red", Map.of("cav_a", "1~callflow_pwned=1"));
          yield attacked.shows(GuardsIT::isMarkedLeg);
        }
        case VARIABLE -> {
          attacked.dials("Red", Map.of("api_on_originate", "system touch /nowhere"));
          yield attacked.shows(GuardsIT::isCommand);
        }
        case EXPANSION -> {
          attacked.call(context -> context.call().set(Map.of("cav_a", COMMAND)));
          yield attacked.shows(GuardsIT::isCommand);
        }
        case SCOPE -> {
          attacked.call(context ->
              context.call().play(new Media.Stream("%[callflow_pwned=1]/x.wav"), KeyPolicy.WAIT));
          yield attacked.shows(
              it -> it instanceof Effect.VariableSet set && set.name().equals("callflow_pwned"));
        }
        case WORD -> {
          attacked.call(context -> attacked.enter(context.call().id(), COMMAND));
          yield attacked.shows(GuardsIT::isCommand);
        }
      };
    }
  }

  private static boolean isForeignLeg(Effect effect) {
    return effect instanceof Effect.Dialled leg && leg.target().contains("900555");
  }

  private static boolean isMarkedLeg(Effect effect) {
    return effect instanceof Effect.Dialled leg && leg.variables().containsKey("callflow_pwned");
  }

  private static boolean isCommand(Effect effect) {
    return effect instanceof Effect.CommandRun;
  }

  /** A host with a set of guards, on a simulated FreeSWITCH. */
  private static final class Attacked implements AutoCloseable {

    private final SimulatedFreeSwitch simulated;
    private final FreeSwitch freeSwitch;
    private volatile Consumer<ModuleContext> action = context -> {};

    Attacked(SwitchText text) throws Exception {
      simulated = SimulatedFreeSwitch.builder().esl(ANY).mediaScale(0.001).start();
      simulated.callee("sip:bob@127.0.0.1", new FarEnd.Answers(Duration.ZERO));
      freeSwitch =
          new FreeSwitch(
              PatientOptions.of(simulated, "ClueCon").build(),
              TimeSource.system(),
              EslRuntime.system(),
              text);
      MemoryStore store =
          new MemoryStore()
              .account(ACME, Json.object())
              .put(
                  ACME,
                  DocumentType.CALLFLOW,
                  "flow",
                  Json.readObject(
                      "{\"numbers\":[\"3000\"],\"flow\":{\"module\":\"action\",\"data\":{}}}"));
      freeSwitch.start(
          CallflowEngine.builder(store, TimeSource.system())
              .modules(List.of(new ActionModule()))
              .defaultAccount(ACME)
              .build());
      simulated.handCallsTo(freeSwitch.calls());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
    }

    private final class ActionModule implements CallflowModule {
      @Override
      public String name() {
        return "action";
      }

      @Override
      public Outcome run(ModuleContext context) {
        action.accept(context);
        return new Outcome.Continue();
      }
    }

    /** Returns whether the leg was answered and handed to the host. */
    boolean dials(String name, Map<String, String> variables) {
      DialOrder order =
          new DialOrder(
              ROOM,
              new DialTarget.Address("bob", "127.0.0.1", 0, false),
              name,
              NUMBER,
              "",
              Eventually.LIMIT,
              variables,
              Optional.empty());
      try {
        return freeSwitch.mixer().dial(freeSwitch.mixer().newLeg(), order)
            instanceof DialReply.Answered;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    void call(Consumer<ModuleContext> performed) {
      action = performed;
      SimulatedCaller caller = simulated.call("1001", "Alice", "3000");
      Eventually.holds(
          "the caller's call ends", () -> caller.awaitEnded(Duration.ZERO), caller::heard);
    }

    void enter(CallId call, String profile) {
      freeSwitch
          .mixer()
          .enter(
              call,
              ROOM,
              new JoinOptions(
                  Set.of(),
                  Optional.empty(),
                  Optional.empty(),
                  profile,
                  OptionalInt.empty(),
                  JoinOptions.Mixing.MIXER_DEFAULTS));
    }

    boolean shows(Predicate<Effect> effect) {
      return simulated.effects().stream().anyMatch(effect);
    }

    @Override
    public void close() {
      freeSwitch.close();
      simulated.close();
    }
  }
}

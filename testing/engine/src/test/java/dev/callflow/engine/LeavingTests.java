package dev.callflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.Mixer;
import dev.callflow.conference.mixer.MixerEvent;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.Phase;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The reason for leaving is found even if the mixer's events arrive late or never. */
class LeavingTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final Duration NEVER = Duration.ofDays(1);

  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model =
      new SimulatedSwitch(time, SwitchSettings.seeded(1, LeavingTests::length));
  private final InProcessSwitch ports = new InProcessSwitch(model, time);
  private final Map<String, ConferenceOutcome> outcomes = new HashMap<>();
  private final Conferences conferences;
  private final CallflowEngine engine;

  private Predicate<MixerEvent> late = event -> false;
  private Duration delay = Duration.ZERO;
  private boolean refusesJoins;

  LeavingTests() {
    MemoryStore store =
        new MemoryStore()
            .account(ACME, Json.object())
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "room",
                Json.readObject("{\"name\":\"Room\",\"play_welcome\":false}"))
            .put(
                ACME,
                DocumentType.CONFERENCE,
                "other",
                Json.readObject("{\"name\":\"Other\",\"play_welcome\":false}"))
            .put(
                ACME,
                DocumentType.CALLFLOW,
                "flow",
                Json.readObject(
                    """
                    {"numbers":["1"],"flow":{"module":"conference","data":{"id":"room"}}}\
                    """));
    conferences =
        Conferences.builder(store, late(ports.mixer()), time)
            .observer((call, outcome) -> outcomes.put(call.value(), outcome))
            .build();
    engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
  }

  private static Optional<Duration> length(String file) {
    return Optional.of(file.equals("hold_music") ? MediaLibrary.ENDLESS : Duration.ofSeconds(1));
  }

  @Test
  void aCallerWhoHangsUpHasLeftEvenWithoutEvents() throws Exception {
    loses(event -> true);
    arrive("alice");
    arrive("bob");
    at(5, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.LEFT);
  }

  @Test
  void aCallerWhoLeavesByKeyHasLeftEvenWithoutEvents() throws Exception {
    arrive("alice");
    arrive("bob");
    at(4, () -> loses(event -> true));
    at(5, () -> model.press("alice", '#'));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.LEFT);
  }

  @Test
  void aMemberKickedFromOutsideIsKickedEvenIfEventsAreLate() throws Exception {
    late = event -> event instanceof MixerEvent.Changed || event instanceof MixerEvent.Removed;
    delay = Duration.ofMillis(200);
    arrive("alice");
    arrive("bob");
    at(5, () -> model.rooms().kick(room(), "alice"));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.KICKED);
  }

  @Test
  void aMemberKickedFromOutsideIsKickedEvenWithoutEvents() throws Exception {
    loses(event -> event instanceof MixerEvent.Changed || event instanceof MixerEvent.Removed);
    arrive("alice");
    arrive("bob");
    at(5, () -> model.rooms().kick(room(), "alice"));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.KICKED);
  }

  @Test
  void aRoomThatLosesAllMembersHasEndedEvenWithoutEvents() throws Exception {
    loses(event -> !(event instanceof MixerEvent.Created || event instanceof MixerEvent.Added));
    arrive("alice");
    arrive("bob");
    at(
        5,
        () -> {
          model.rooms().kick(room(), "alice");
          model.rooms().kick(room(), "bob");
        });
    ends();
    assertThat(outcomes)
        .containsEntry("alice", ConferenceOutcome.ENDED)
        .containsEntry("bob", ConferenceOutcome.ENDED);
  }

  @Test
  void aMovedParticipantIsMovedEvenWithoutLeaveEvents() throws Exception {
    loses(event -> event instanceof MixerEvent.Changed || event instanceof MixerEvent.Removed);
    arrive("alice");
    arrive("bob");
    at(
        5,
        () ->
            conferences.control(
                new ControlRequest(
                    new RoomId(ACME, "room"),
                    new ControlRequest.Target.Participant("alice"),
                    "move",
                    Json.object().put("conference_id", "other"))));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.MOVED);
  }

  @Test
  void aCallerWhoIsNotInTheRoomAfterFifteenSecondsHasFailed() throws Exception {
    refusesJoins = true;
    arrive("alice");
    List<String> channels = new ArrayList<>();
    at(14, () -> model.channels().forEach(channel -> channels.add(channel.uuid())));
    at(17, () -> channels.add(model.channels().size() + " later"));
    ends();
    assertThat(outcomes.get("alice")).isEqualTo(ConferenceOutcome.FAILED);
    assertThat(channels).containsExactly("alice", "0 later");
  }

  private void loses(Predicate<MixerEvent> lost) {
    late = lost;
    delay = NEVER;
  }

  private String room() {
    return model.rooms().all().stream().map(SimRoomState::name).findFirst().orElseThrow();
  }

  private void arrive(String name) {
    at(
        0,
        () -> {
          model.arrive(new NewChannel(name, name, "", "1", "", Map.of()));
          engine.take(
              ports.leg(new CallId(name)),
              new IncomingCall("1", name, "", Optional.empty(), Map.of()));
        });
    at(60, () -> model.hangUp(name, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
  }

  private void at(int seconds, Runnable action) {
    time.at(Duration.ofSeconds(seconds), Phase.WORK, "after " + seconds + " s", action);
  }

  private void ends() throws Exception {
    assertThat(time.run(Duration.ofMinutes(2), () -> time.elapsed().toSeconds() > 90)).isTrue();
    time.close();
  }

  /** Wraps the mixer so that some of its events arrive late or never. */
  private Mixer late(Mixer mixer) {
    return (Mixer)
        Proxy.newProxyInstance(
            Mixer.class.getClassLoader(),
            new Class<?>[] {Mixer.class},
            (proxy, method, arguments) -> {
              try {
                if (method.getName().equals("enter") && refusesJoins) {
                  return null;
                }
                if (method.getName().equals("listen")) {
                  mixer.listen(delayed(arguments[0]));
                  return null;
                }
                return method.invoke(mixer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked")
  private Consumer<MixerEvent> delayed(Object listener) {
    Consumer<MixerEvent> real = (Consumer<MixerEvent>) listener;
    return event -> {
      if (!late.test(event)) {
        real.accept(event);
      } else if (!delay.equals(NEVER)) {
        time.after(delay, "late event", () -> real.accept(event));
      }
    };
  }
}

package dev.callflow.engine.rooms;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.event.ConferenceEvent;
import dev.callflow.conference.observe.ConferenceMetrics;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account whose number 5000 leads to the conference {@code red}, on a switch with a scripted
 * line.
 */
final class LiveRooms {

  /**
   * Without sounds for members, the only commands that are sent are those that operators request.
   */
  private static final String WITHOUT_SOUNDS =
      """
      {"config":{"conferences":{"profiles":{"default":{"alone-sound":"","muted-sound":"",
       "unmuted-sound":"","deaf-sound":"","undeaf-sound":""}}}}}\
      """;

  static final AccountId ACME = new AccountId("acme");
  static final String ROOM = "acme\nred";

  final VirtualTime time = new VirtualTime();
  final MemoryStore store = new MemoryStore();
  final SimulatedSwitch model =
      new SimulatedSwitch(
          time, SwitchSettings.seeded(1, file -> Optional.of(MediaLibrary.ENDLESS)));
  final InProcessSwitch ports = new InProcessSwitch(model, time);
  final ScriptedLink link = new ScriptedLink(ports.mixer());
  final List<ConferenceEvent> events = new ArrayList<>();
  final Conferences conferences;
  private final CallflowEngine engine;

  LiveRooms() {
    this(ConferenceMetrics.NONE);
  }

  LiveRooms(ConferenceMetrics metrics) {
    store
        .account(ACME, Json.readObject(WITHOUT_SOUNDS))
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
                "{'numbers':['5000'],'flow':{'module':'conference','data':{'id':'red','welcome_prompt':{'play':false}}}}"));
    conferences =
        Conferences.builder(store, link, time)
            .metrics(metrics)
            .media(MediaGuard.standard().host("a.example"))
            .build();
    conferences.onEvent(events::add);
    engine =
        CallflowEngine.builder(store, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }

  Conference red() {
    return conferences.conference(ACME, "red");
  }

  void call(String uuid) {
    model.arrive(new NewChannel(uuid, uuid, "", "5000", "", Map.of()));
    engine.take(
        ports.leg(new CallId(uuid)),
        new IncomingCall("5000", uuid, "", Optional.empty(), Map.of()));
  }

  /** Puts a caller who did not come through a callflow into the room. */
  void stranger(String uuid) {
    model.arrive(new NewChannel(uuid, uuid, "", "none", "", Map.of()));
    model.execute(
        uuid,
        new Execution(
            "join-" + uuid,
            "conference",
            "",
            new Application.Join(
                ROOM,
                "default",
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false),
            false));
  }

  void hangUp(String uuid) {
    model.hangUp(uuid, EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
  }

  List<String> eventNames() {
    return events.stream().map(ConferenceEvent::name).toList();
  }

  void sleep(Duration duration) throws InterruptedException {
    time.<Boolean>inbox(1).poll(duration);
  }

  /** The body of a test, which runs on a thread of virtual time. */
  interface Body {
    void run() throws InterruptedException;
  }

  void run(Body body) throws InterruptedException {
    boolean[] over = {false};
    time.start(
        "test",
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            over[0] = true;
          }
        });
    time.run(Duration.ofHours(1), () -> over[0]);
    time.close();
  }
}

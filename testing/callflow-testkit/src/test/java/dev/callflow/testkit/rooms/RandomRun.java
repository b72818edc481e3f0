package dev.callflow.testkit.rooms;

import dev.callflow.conference.Conference;
import dev.callflow.conference.Conferences;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.conference.mixer.Member;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.SnapshotReply;
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
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.NewChannel;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchSettings;
import dev.callflow.simulator.time.VirtualTime;
import dev.callflow.testkit.inprocess.InProcessSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Twenty seconds of random life on a true mixer behind a bad line, then one interval of comparing;
 * after it what is known must be what is.
 */
final class RandomRun {

  private static final AccountId ACME = new AccountId("acme");
  private static final Duration LIFE = Duration.ofSeconds(20);

  /** What is late at the end of life arrives, and an interval with its second look goes by. */
  private static final Duration END = LIFE.plusSeconds(2 + 30 + 2);

  private static final MemoryStore DOCUMENTS = documents();

  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedSwitch model;
  private final InProcessSwitch ports;
  private final FaultyLink link;
  private final Conferences conferences;
  private final CallflowEngine engine;
  private final List<String> callers = new ArrayList<>();
  private final Map<String, Integer> kicks = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int count;

  RandomRun(long seed) {
    random = new Random(seed);
    model =
        new SimulatedSwitch(
            time, SwitchSettings.seeded(seed, file -> Optional.of(MediaLibrary.ENDLESS)));
    ports = new InProcessSwitch(model, time);
    link = new FaultyLink(ports.mixer(), time, random);
    conferences = Conferences.builder(DOCUMENTS, link, time).build();
    engine =
        CallflowEngine.builder(DOCUMENTS, time)
            .modules(conferences.modules())
            .defaultAccount(ACME)
            .build();
    model.listen(SwitchEvent.MemberChanged.class, this::changed);
    model.listen(SwitchEvent.Gone.class, gone -> callers.remove(gone.channel().uuid()));
  }

  private static MemoryStore documents() {
    MemoryStore store = new MemoryStore().account(ACME, Json.object());
    for (String room : List.of("red", "blue")) {
      store.put(
          ACME,
          DocumentType.CONFERENCE,
          room,
          (ObjectNode) Json.read("{\"name\":\"" + room + "\",\"member\":{\"join_muted\":false}}"));
      store.put(
          ACME,
          DocumentType.CALLFLOW,
          "to-" + room,
          (ObjectNode)
              Json.read(
                  """
                  {"numbers":["%s"],"flow":{"module":"conference",
                   "data":{"id":"%s","welcome_prompt":{"play":false}}}}\
                  """
                      .formatted(room.equals("red") ? "5000" : "5001", room)));
    }
    return store;
  }

  /** Returns what is wrong; empty if nothing is. */
  List<String> differences() throws InterruptedException {
    int steps = 5 + random.nextInt(25);
    for (int i = 0; i < steps; i++) {
      time.after(Duration.ofMillis(random.nextInt((int) LIFE.toMillis())), "step", this::happens);
    }
    time.after(LIFE, "good", link::becomesGood);
    time.after(END, "compare", this::compare);
    time.run(END.plusSeconds(1), () -> false);
    kicks.forEach((who, times) -> {
      if (times > 1) {
        faults.add(who + " was put out " + times + " times");
      }
    });
    time.close();
    return faults;
  }

  private void happens() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> call();
      case 5 -> strangerJoins();
      case 6, 7 ->
          someone()
              .ifPresent(who -> model.hangUp(who, EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
      case 8 -> someone().ifPresent(who -> model.rooms().mute(name(), who, random.nextBoolean()));
      case 9 -> someone().ifPresent(who -> model.rooms().deafen(name(), who, random.nextBoolean()));
      case 10 ->
          someone()
              .ifPresent(who -> model.talk(who, Duration.ofMillis(100L + random.nextInt(60_000))));
      case 11 -> {
        model.rooms().lock(name(), random.nextBoolean());
        someone().ifPresent(who -> model.rooms().energy(name(), who, random.nextInt(1800)));
      }
      case 12 -> {
        link.breaks();
        time.after(Duration.ofMillis(random.nextInt(5_000)), "restore", link::restores);
      }
      case 13 -> someone().ifPresent(this::kicks);
      case 14 -> someone().ifPresent(this::mutesOnce);
      default -> someone().ifPresent(who -> model.rooms().floor(name(), who));
    }
  }

  private String room() {
    return random.nextBoolean() ? "red" : "blue";
  }

  /** As the simulated mixer names the rooms of the account. */
  private String name() {
    return "acme\n" + room();
  }

  private Optional<String> someone() {
    return callers.isEmpty()
        ? Optional.empty()
        : Optional.of(callers.get(random.nextInt(callers.size())));
  }

  private void call() {
    count++;
    String uuid = "caller-" + count;
    callers.add(uuid);
    String number = random.nextBoolean() ? "5000" : "5001";
    model.arrive(new NewChannel(uuid, "10" + count, "", number, "", Map.of()));
    engine.take(
        ports.leg(new CallId(uuid)),
        new IncomingCall(number, "10" + count, "", Optional.empty(), Map.of()));
  }

  /** Somebody whom no callflow has led there. */
  private void strangerJoins() {
    String room = name();
    if (model.rooms().find(room).isEmpty()) {
      return;
    }
    count++;
    String uuid = "stranger-" + count;
    callers.add(uuid);
    model.arrive(new NewChannel(uuid, "20" + count, "", "none", "", Map.of()));
    model.execute(
        uuid,
        new Execution(
            "join-" + count,
            "conference",
            "",
            new Application.Join(
                room,
                "default",
                random.nextBoolean() ? Set.of("mute") : Set.of(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false),
            false));
  }

  /** The operator asks up to three times, with one key, until he knows. */
  private void kicks(String who) {
    insists(who, new ConferenceAction.Kick(who, false));
  }

  private void mutesOnce(String who) {
    insists(who, new ConferenceAction.Mute(who, random.nextBoolean()));
  }

  private void insists(String who, ConferenceAction action) {
    count++;
    String key = "key-" + count;
    Conference conference = conferences.conference(ACME, room());
    for (int tries = 0; tries < 3; tries++) {
      ActionResult result = conference.perform(action, key);
      if (!(result instanceof ActionResult.Unknown)) {
        // A repetition that comes late, as of a client that has lost the answer.
        ActionResult again = conference.perform(action, key);
        if (!again.equals(result)) {
          faults.add(action + " was answered " + result + ", and then " + again);
        }
        return;
      }
    }
  }

  private void changed(SwitchEvent.MemberChanged event) {
    if (event.what() == SwitchEvent.MemberChange.KICKED) {
      String whom = event.room().uuid() + " " + event.member().channel().uuid();
      kicks.merge(whom, 1, Integer::sum);
    }
  }

  private void compare() {
    for (String room : List.of("red", "blue")) {
      Optional<RoomView> view = conferences.view(new RoomId(ACME, room));
      Optional<SimRoomState> truth = model.rooms().find("acme\n" + room);
      String known = view.filter(RoomView::running).map(RandomRun::text).orElse("does not run");
      String is = truth.map(state -> text(state)).orElse("does not run");
      if (!known.equals(is)) {
        faults.add(
            room
                + System.lineSeparator()
                + "  is    "
                + is
                + System.lineSeparator()
                + "  known "
                + known);
      }
    }
  }

  private static String text(RoomView view) {
    return text(view.instance(), view.locked(), view.participants());
  }

  private String text(SimRoomState room) {
    SnapshotReply reply = ports.mixer().snapshot(new RoomId(ACME, room.name().substring(5)));
    return text(room.uuid(), room.locked(), ((SnapshotReply.Shown) reply).snapshot().members());
  }

  private static String text(String instance, boolean locked, List<Member> all) {
    Map<String, String> members = new TreeMap<>();
    for (Member member : all) {
      members.put(
          member.call().value(),
          "%d muted=%s deaf=%s talking=%s floor=%s energy=%d volumes=%d/%d"
              .formatted(
                  member.number(),
                  member.muted(),
                  member.deaf(),
                  member.talking(),
                  member.floor(),
                  member.energyLevel(),
                  member.talkVolume(),
                  member.listenVolume()));
    }
    return "%s locked=%s %s".formatted(instance, locked, members);
  }
}

package dev.callflow.engine.rooms;

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

/**
 * Twenty seconds of random activity on a mixer behind a bad line, followed by one interval of
 * consistency checks. After that, the known state of the rooms must match their real state.
 */
final class RandomRun {

  private static final AccountId ACME = new AccountId("acme");
  private static final Duration ACTIVITY = Duration.ofSeconds(20);

  /** Leaves time for delayed events, then for one interval, and then for a second check. */
  private static final Duration END = ACTIVITY.plusSeconds(2 + 30 + 2);

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
            time,
            SwitchSettings.seeded(seed, file -> Optional.of(MediaLibrary.ENDLESS)).delayed(seed));
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
          Json.readObject("{\"name\":\"" + room + "\",\"member\":{\"join_muted\":false}}"));
      store.put(
          ACME,
          DocumentType.CALLFLOW,
          "to-" + room,
          Json.readObject(
              """
              {"numbers":["%s"],"flow":{"module":"conference",
               "data":{"id":"%s","welcome_prompt":{"play":false}}}}\
              """
                  .formatted(room.equals("red") ? "5000" : "5001", room)));
    }
    return store;
  }

  /** Runs the scenario and returns the differences; empty if there are none. */
  List<String> differences() throws InterruptedException {
    int steps = 5 + random.nextInt(25);
    for (int i = 0; i < steps; i++) {
      time.after(
          Duration.ofMillis(random.nextInt((int) ACTIVITY.toMillis())), "step", this::happens);
    }
    time.after(ACTIVITY, "good", link::becomesGood);
    time.after(END, "compare", this::compare);
    time.run(END.plusSeconds(1), () -> false);
    kicks.forEach((member, times) -> {
      if (times > 1) {
        faults.add(member + " was kicked " + times + " times");
      }
    });
    time.close();
    return faults;
  }

  private void happens() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> call();
      case 5 -> strangerJoins();
      case 6, 7 -> someone().ifPresent(this::hangUp);
      case 8 ->
          someone().ifPresent(caller -> model.rooms().mute(name(), caller, random.nextBoolean()));
      case 9 ->
          someone().ifPresent(caller -> model.rooms().deafen(name(), caller, random.nextBoolean()));
      case 10 ->
          someone()
              .ifPresent(
                  caller -> model.talk(caller, Duration.ofMillis(100L + random.nextInt(60_000))));
      case 11 -> {
        model.rooms().lock(name(), random.nextBoolean());
        someone().ifPresent(caller -> model.rooms().energy(name(), caller, random.nextInt(1800)));
      }
      case 12 -> {
        link.breaks();
        time.after(Duration.ofMillis(random.nextInt(5_000)), "restore", link::restores);
      }
      case 13 -> someone().ifPresent(this::kick);
      case 14 -> someone().ifPresent(this::mute);
      default -> someone().ifPresent(caller -> model.rooms().floor(name(), caller));
    }
  }

  private String room() {
    return random.nextBoolean() ? "red" : "blue";
  }

  /** Returns the name of a room in the simulated mixer. */
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
    mayHangUpAtOnce(uuid);
  }

  private void hangUp(String caller) {
    model.hangUp(caller, EndedBy.CALLER, HangupCause.NORMAL_CLEARING);
  }

  /**
   * In one of four cases, makes a caller hang up so soon that the hangup may overtake what has just
   * been requested for the caller.
   */
  private void mayHangUpAtOnce(String caller) {
    if (random.nextInt(4) == 0) {
      time.after(Duration.ofMillis(random.nextInt(60)), "hang up at once", () -> hangUp(caller));
    }
  }

  /** Puts a caller who did not come through a callflow into a room. */
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

  private void kick(String caller) {
    mayHangUpAtOnce(caller);
    performRepeatedly(new ConferenceAction.Kick(caller, false));
  }

  private void mute(String caller) {
    performRepeatedly(new ConferenceAction.Mute(caller, random.nextBoolean()));
  }

  /** Performs an action up to three times, with one idempotency key, until its result is known. */
  private void performRepeatedly(ConferenceAction action) {
    count++;
    String key = "key-" + count;
    Conference conference = conferences.conference(ACME, room());
    for (int tries = 0; tries < 3; tries++) {
      ActionResult result = conference.perform(action, key);
      if (!(result instanceof ActionResult.Unknown)) {
        // Repeat the request once more, like a client that has not received the reply.
        ActionResult again = conference.perform(action, key);
        if (!again.equals(result)) {
          faults.add(action + " first returned " + result + ", then " + again);
        }
        return;
      }
    }
  }

  private void changed(SwitchEvent.MemberChanged event) {
    if (event.what() == SwitchEvent.MemberChange.KICKED) {
      String member = event.room().uuid() + " " + event.member().channel().uuid();
      kicks.merge(member, 1, Integer::sum);
    }
  }

  private void compare() {
    for (String room : List.of("red", "blue")) {
      Optional<RoomView> view = conferences.view(new RoomId(ACME, room));
      Optional<SimRoomState> real = model.rooms().find("acme\n" + room);
      String known = view.filter(RoomView::running).map(RandomRun::text).orElse("not running");
      String actual = real.map(state -> text(state)).orElse("not running");
      if (!known.equals(actual)) {
        faults.add(
            room
                + System.lineSeparator()
                + "  actual "
                + actual
                + System.lineSeparator()
                + "  known  "
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

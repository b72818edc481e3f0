package dev.callflow.engine.restart;

import dev.callflow.conference.RoomView;
import dev.callflow.conference.action.ActionResult;
import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.wire.SimulatedCaller;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings that operators have made for a conference, and that the host has acknowledged, while
 * one caller stayed in it, usually outside, waiting for a moderator. As long as the caller stays,
 * the settings must hold, however often the host is killed.
 */
final class KeptModel {

  static final String CONFERENCE = "board";
  private static final String NUMBER = "5002";

  private final RestartedHost host;
  private final Random random;

  /** The caller who stays; nobody kicks or moves them, and they press no keys but their PIN. */
  private @Nullable SimulatedCaller witness;

  /** Whether a number is banned; numbers whose action has no result yet, or failed, are missing. */
  private final Map<String, Boolean> bans = new TreeMap<>();

  /** The lock and the topic; empty if an action has no result yet, or failed. */
  private Optional<Boolean> locked = Optional.empty();

  private Optional<String> topic = Optional.empty();
  private int count;

  KeptModel(RestartedHost host, Random random) {
    this.host = host;
    this.random = random;
  }

  /** Lets the witness call or enter their PIN, or an operator change a setting. */
  String happens(boolean running) {
    if (!stays()) {
      if (witness == null || witness.channel().isEmpty()) {
        return calls();
      }
      hangUp();
      return "the witness has left, and hangs up";
    }
    if (random.nextInt(4) == 0) {
      require().press("482913#");
      return "the witness presses 482913#";
    }
    return running ? operates() : "nothing";
  }

  private String calls() {
    bans.clear();
    locked = Optional.empty();
    topic = Optional.empty();
    count++;
    witness = host.simulated().call("19" + count, "19" + count, NUMBER);
    return "the witness calls as " + witness.number();
  }

  private SimulatedCaller require() {
    if (witness == null) {
      throw new IllegalStateException("the witness has not called");
    }
    return witness;
  }

  /** Returns whether the witness is in the conference, outside or inside. */
  private boolean stays() {
    return witness != null
        && witness.channel().isPresent()
        && !host.isRefused(witness)
        && host.variable(witness, "callflow_position").map(KeptModel::conference).isPresent();
  }

  private static @Nullable String conference(String position) {
    String payload = position.split("\\.", 2)[0];
    String text = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    String conference = Json.read(text).path("step").path("conference").asString("");
    return conference.isEmpty() ? null : conference;
  }

  private String operates() {
    switch (random.nextInt(4)) {
      case 0 -> {
        boolean on = random.nextBoolean();
        locked = Optional.empty();
        perform(new ConferenceAction.Lock(on), () -> locked = Optional.of(on));
        return "board: " + (on ? "lock" : "unlock");
      }
      case 1 -> {
        String text = "t" + ++count;
        topic = Optional.empty();
        perform(
            new ConferenceAction.SetVariables(Map.of("topic", text), false),
            () -> topic = Optional.of(text));
        return "board: topic " + text;
      }
      case 2 -> {
        List<String> known = new ArrayList<>(bans.keySet());
        if (known.isEmpty()) {
          return "nothing";
        }
        String number = known.get(random.nextInt(known.size()));
        bans.remove(number);
        perform(new ConferenceAction.Unban(number), () -> bans.put(number, false));
        return "board: unban " + number;
      }
      default -> {
        String number = "18" + ++count;
        perform(new ConferenceAction.Ban(number), () -> bans.put(number, true));
        return "board: ban " + number;
      }
    }
  }

  /** Performs an action. Its result counts if neither the host nor the witness has gone. */
  private void perform(ConferenceAction action, Runnable done) {
    int generation = host.generation();
    SimulatedCaller present = require();
    host.time()
        .start(
            "operator",
            () -> {
              boolean isDone =
                  host.conference(CONFERENCE).perform(action) instanceof ActionResult.Done;
              if (isDone && generation == host.generation() && present == witness && stays()) {
                done.run();
              }
            });
  }

  void hangUp() {
    if (witness != null) {
      witness.hangUp();
    }
  }

  /** Returns what does not hold; to be called on a thread of the virtual time. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!stays()) {
      return faults;
    }
    Optional<RoomView> view = host.conference(CONFERENCE).view();
    if (view.isEmpty()) {
      return List.of("the witness stays in a conference that is unknown");
    }
    locked
        .filter(on -> on != view.get().locked())
        .ifPresent(on -> faults.add("the conference should have locked=" + on));
    topic
        .filter(text -> !text.equals(view.get().metadata().get("topic")))
        .ifPresent(text -> faults.add("topic " + text + " is lost: " + view.get().metadata()));
    return faults;
  }

  /** Calls from each number that was banned; returns what does not hold. */
  List<String> bannedCallersGetIn() {
    List<String> faults = new ArrayList<>();
    if (!stays()) {
      return faults;
    }
    // A moderator is let into a locked conference, and ends the wait of the witness.
    bans.forEach((number, banned) -> {
      SimulatedCaller caller = host.call(number, NUMBER);
      host.pass(2);
      caller.press("739164#");
      host.pass(8);
      boolean isIn = host.members().containsKey(number);
      if (isIn && banned) {
        faults.add(number + " is in the room, although they are banned");
      }
      caller.hangUp();
      host.pass(3);
    });
    return faults;
  }
}

package dev.callflow.simulator.room;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.channel.Countdown;
import dev.callflow.simulator.channel.MediaShelf;
import dev.callflow.simulator.channel.Running;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.SimKeyAction;
import dev.callflow.simulator.model.SimPins;
import dev.callflow.simulator.model.SimRoomRules;
import dev.callflow.simulator.model.SwitchEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs the conference application: asks for a PIN if necessary, joins the room and stays in it
 * until the channel leaves.
 */
public final class Joined extends Running implements Occupant {

  private final OpenRooms rooms;
  private final boolean refusesAll;
  private final Application.Join how;
  private final Set<String> flags;
  private final LegSound prompts;
  private final BoundKeys keys;
  private final SimKeyActions actions;
  private final Countdown digitTimeout;
  private @Nullable SimRoom room;
  private @Nullable Question question;

  /** The valid PINs, the digits entered so far, and the number of attempts left. */
  private static final class Question {
    private final SimPins pins;
    private final StringBuilder entry = new StringBuilder();
    private int attemptsLeft;

    private Question(SimPins pins) {
      this.pins = pins;
      this.attemptsLeft = pins.tries();
    }
  }

  /**
   * @param refusesAll whether every room refuses every channel, to simulate a fault
   */
  public Joined(
      Context context,
      OpenRooms rooms,
      MediaShelf media,
      boolean refusesAll,
      Application.Join how) {
    super(context);
    this.rooms = rooms;
    this.refusesAll = refusesAll;
    this.how = how;
    this.flags = new LinkedHashSet<>(how.flags());
    this.prompts = new LegSound(lock(), context, media);
    this.keys = new BoundKeys(lock(), how.keys(), this::act);
    this.actions = new SimKeyActions(lock());
    this.digitTimeout = new Countdown(lock(), "PIN " + channel().uuid(), this::judge);
  }

  @Override
  public Application.Join how() {
    return how;
  }

  @Override
  public Set<String> flags() {
    return Set.copyOf(flags);
  }

  @Override
  protected void begin() {
    SimRoom existing = rooms.find(how.room());
    if (existing != null) {
      set(existing);
    }
    if (refusesAll) {
      refuse(SwitchEvent.Refusal.FAULT);
      end("_none_");
    } else if (existing == null && flags.contains("join-only")) {
      refuse(SwitchEvent.Refusal.NO_ROOM);
      end("_none_");
      if (!how.keep()) {
        channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
      }
    } else {
      SimRoom target = existing == null ? create() : existing;
      channel().answer();
      askOrEnter(target);
    }
  }

  private void set(SimRoom target) {
    channel().assign(Map.of("conference_name", how.room()));
    channel().assign(Map.of("app_session_uuid", target.uuid()));
  }

  private void refuse(SwitchEvent.Refusal why) {
    emit(
        new SwitchEvent.JoinRefused(
            channel().state(), execution(), how.room(), how.profile(), why));
  }

  private SimRoom create() {
    SimRoom created = rooms.create(how, roomVariables());
    set(created);
    return created;
  }

  /**
   * Returns the variables of a room that this channel creates: the channel variables with the
   * prefix {@code confvar_}, without that prefix.
   */
  private Map<String, String> roomVariables() {
    Map<String, String> all = new HashMap<>();
    channel()
        .state()
        .variables()
        .forEach((name, value) -> {
          if (name.startsWith("confvar_")) {
            all.put(name.substring("confvar_".length()), value);
          }
        });
    return all;
  }

  private void askOrEnter(SimRoom target) {
    SimPins pins = target.pins();
    if (!how.enforced() || !pins.required()) {
      enter(target);
      return;
    }
    String supplied = channel().state().variable("supplied_pin").orElse("");
    if (pins.letsIn(supplied)) {
      enter(target, pins.makesModerator(supplied));
    } else {
      question = new Question(pins);
      ask(target);
    }
  }

  private void ask(SimRoom target) {
    target
        .rules()
        .prompt(SimRoomRules.Prompt.PIN)
        .ifPresentOrElse(
            file ->
                prompts.play(
                    file, MixerTiming.LEAD_IN, () -> digitTimeout.start(MixerTiming.PIN_TIMEOUT)),
            () -> digitTimeout.start(MixerTiming.PIN_TIMEOUT));
  }

  @Override
  protected void key(char key) {
    if (question == null) {
      keys.press(key);
      return;
    }
    prompts.stop();
    digitTimeout.start(MixerTiming.PIN_TIMEOUT);
    if (key != '#') {
      question.entry.append(key);
    }
    if (key == '#' || question.entry.length() >= question.pins.maxLength()) {
      judge();
    }
  }

  private void judge() {
    Question asked = question;
    if (asked == null) {
      return;
    }
    digitTimeout.cancel();
    String entry = asked.entry.toString();
    asked.entry.setLength(0);
    SimRoom existing = rooms.find(how.room());
    SimRoom target = existing == null ? create() : existing;
    if (asked.pins.letsIn(entry)) {
      question = null;
      enter(target, asked.pins.makesModerator(entry));
      return;
    }
    asked.attemptsLeft--;
    Runnable next = asked.attemptsLeft > 0 ? () -> ask(target) : this::refuseForPin;
    target
        .rules()
        .prompt(SimRoomRules.Prompt.BAD_PIN)
        .ifPresentOrElse(file -> prompts.play(file, MixerTiming.LEAD_IN, next), next);
  }

  private void refuseForPin() {
    refuse(SwitchEvent.Refusal.PIN);
    end("_none_");
    SimRoom left = rooms.find(how.room());
    if (left != null) {
      left.destroyIfEmpty();
    }
  }

  private void enter(SimRoom entered, boolean asModerator) {
    if (asModerator) {
      flags.add("moderator");
    }
    enter(entered);
  }

  private void enter(SimRoom entered) {
    if (entered.locked() && how.enforced()) {
      refuse(SwitchEvent.Refusal.LOCKED);
      playAndEnd(entered, SimRoomRules.Prompt.LOCKED);
      return;
    }
    if (entered.full()) {
      refuse(SwitchEvent.Refusal.FULL);
      playAndEnd(entered, SimRoomRules.Prompt.FULL);
      return;
    }
    room = entered;
    boolean first = rooms.number(channel());
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("conference_member_id", String.valueOf(channel().memberNumber()));
    variables.put("conference_moderator", String.valueOf(flags.contains("moderator")));
    variables.put("conference_ghost", String.valueOf(flags.contains("ghost")));
    if (!entered.recordings().last().isEmpty()) {
      variables.put("conference_recording", entered.recordings().last());
    }
    variables.put("conference_uuid", entered.uuid());
    channel().assign(variables);
    entered.add(this, first && how.silent());
  }

  private void playAndEnd(SimRoom refusing, SimRoomRules.Prompt prompt) {
    refusing
        .rules()
        .prompt(prompt)
        .ifPresentOrElse(
            file -> prompts.play(file, MixerTiming.LEAD_IN, () -> end("_none_")),
            () -> end("_none_"));
  }

  @Override
  public void leave(Optional<String> sound) {
    if (room != null) {
      leaveRoom(() ->
          sound.ifPresentOrElse(
              file -> prompts.play(file, Duration.ZERO, () -> end("_none_")), () -> end("_none_")));
    }
  }

  @Override
  protected void cut() {
    prompts.stop();
    digitTimeout.cancel();
    leaveRoom(() -> end("_none_"));
  }

  private void leaveRoom(Runnable then) {
    keys.forget();
    SimRoom left = room;
    room = null;
    if (left != null) {
      left.remove(channel().uuid());
    }
    then.run();
    if (left != null) {
      if (flags.contains("endconf")) {
        left.end();
      }
      left.destroyIfEmpty();
    }
  }

  @Override
  public void removeAtRoomEnd() {
    if (!how.keep()) {
      channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
    }
    leave(Optional.empty());
  }

  private void act(SimKeyAction action, String pressed) {
    SimMember member = room == null ? null : room.member(channel().uuid());
    if (room != null && member != null) {
      actions.act(room, member, action, pressed);
    }
  }

  @Override
  protected void talking(boolean on) {
    if (room != null) {
      room.talking(channel().uuid(), on);
    }
  }
}

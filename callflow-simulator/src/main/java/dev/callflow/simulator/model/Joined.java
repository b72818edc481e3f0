package dev.callflow.simulator.model;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application that keeps a channel in a room. */
final class Joined extends Running {

  private static final Duration LONGEST_ENTRY = Duration.ofSeconds(10);

  private final Guard guard;
  private final World world;
  private final Application.Join how;
  private final Set<String> flags;
  private final LegSound prompts;
  private final Keys keys;
  private final Countdown patience;
  private @Nullable Room room;
  private @Nullable Question question;

  /** What the caller is asked for, what he has pressed, and how often he is asked again. */
  private static final class Question {
    private final Pins pins;
    private final StringBuilder entry = new StringBuilder();
    private int left;

    private Question(Pins pins) {
      this.pins = pins;
      this.left = pins.tries();
    }
  }

  Joined(Guard guard, World world, Channel channel, Execution execution, Application.Join how) {
    super(channel, execution);
    this.guard = guard;
    this.world = world;
    this.how = how;
    this.flags = new LinkedHashSet<>(how.flags());
    this.prompts = new LegSound(guard, this, world.media());
    this.keys = new Keys(guard, how.keys(), this::act);
    this.patience = new Countdown(guard, "PIN " + channel.uuid(), this::judge);
  }

  Application.Join how() {
    return how;
  }

  /** The flags of the channel, and what its PIN has made of it. */
  Set<String> flags() {
    return Set.copyOf(flags);
  }

  @Override
  void begin() {
    Room existing = world.rooms().get(how.room());
    if (existing != null) {
      channel().assign(Map.of("conference_name", how.room()));
      channel().assign(Map.of("app_session_uuid", existing.uuid()));
    }
    if (world.settings().refusesJoins()) {
      refuse(SwitchEvent.Refusal.FAULT);
      end("_none_");
    } else if (existing == null && flags.contains("join-only")) {
      refuse(SwitchEvent.Refusal.NO_ROOM);
      end("_none_");
      if (!how.keep()) {
        channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
      }
    } else {
      channel().answer();
      askOrEnter(existing == null ? create() : existing);
    }
  }

  private void refuse(SwitchEvent.Refusal why) {
    guard.emit(
        new SwitchEvent.JoinRefused(
            channel().state(), execution(), how.room(), how.profile(), why));
  }

  private Room create() {
    return Room.create(guard, world, how, roomVariables());
  }

  /** Variables of the leg that creates the room become the room's, without their prefix. */
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

  private void askOrEnter(Room asked) {
    Pins pins = asked.pins();
    if (!how.enforced() || !pins.asked()) {
      enter(asked);
      return;
    }
    String supplied = channel().state().variable("supplied_pin").orElse("");
    if (pins.letsIn(supplied)) {
      enter(asked, pins.makesModerator(supplied));
    } else {
      question = new Question(pins);
      ask(asked);
    }
  }

  private void ask(Room asked) {
    asked
        .rules()
        .prompt(RoomRules.Prompt.PIN)
        .ifPresentOrElse(
            file -> prompts.play(file, Room.LEAD_IN, () -> patience.start(LONGEST_ENTRY)),
            () -> patience.start(LONGEST_ENTRY));
  }

  @Override
  void key(char key) {
    if (question == null) {
      keys.press(key);
      return;
    }
    prompts.stop();
    patience.start(LONGEST_ENTRY);
    if (key != '#') {
      question.entry.append(key);
    }
    if (key == '#' || question.entry.length() >= question.pins.longest()) {
      judge();
    }
  }

  private void judge() {
    Question asked = question;
    if (asked == null) {
      return;
    }
    patience.cancel();
    String entry = asked.entry.toString();
    asked.entry.setLength(0);
    Room existing = world.rooms().get(how.room());
    Room wanted = existing == null ? create() : existing;
    if (asked.pins.letsIn(entry)) {
      question = null;
      enter(wanted, asked.pins.makesModerator(entry));
      return;
    }
    asked.left--;
    Runnable next = asked.left > 0 ? () -> ask(wanted) : this::turnAway;
    wanted
        .rules()
        .prompt(RoomRules.Prompt.BAD_PIN)
        .ifPresentOrElse(file -> prompts.play(file, Room.LEAD_IN, next), next);
  }

  private void turnAway() {
    refuse(SwitchEvent.Refusal.PIN);
    end("_none_");
    Room left = world.rooms().get(how.room());
    if (left != null) {
      left.destroyIfEmpty();
    }
  }

  private void enter(Room entered, boolean asModerator) {
    if (asModerator) {
      flags.add("moderator");
    }
    enter(entered);
  }

  private void enter(Room entered) {
    if (entered.locked() && how.enforced()) {
      refuse(SwitchEvent.Refusal.LOCKED);
      sayAndEnd(entered, RoomRules.Prompt.LOCKED);
      return;
    }
    if (entered.full()) {
      refuse(SwitchEvent.Refusal.FULL);
      sayAndEnd(entered, RoomRules.Prompt.FULL);
      return;
    }
    room = entered;
    boolean first = entered.number(channel());
    Map<String, String> told = new LinkedHashMap<>();
    told.put("conference_name", how.room());
    told.put("app_session_uuid", entered.uuid());
    told.put("conference_member_id", String.valueOf(channel().memberNumber));
    told.put("conference_moderator", String.valueOf(flags.contains("moderator")));
    told.put("conference_ghost", String.valueOf(flags.contains("ghost")));
    if (!entered.lastRecording().isEmpty()) {
      told.put("conference_recording", entered.lastRecording());
    }
    told.put("conference_uuid", entered.uuid());
    channel().assign(told);
    entered.add(this, first && how.silent());
  }

  private void sayAndEnd(Room refusing, RoomRules.Prompt occasion) {
    refusing
        .rules()
        .prompt(occasion)
        .ifPresentOrElse(
            file -> prompts.play(file, Room.LEAD_IN, () -> end("_none_")), () -> end("_none_"));
  }

  /** The channel leaves, if it is still in, and hears something then. */
  void leave(Optional<String> sound) {
    if (room != null) {
      leaveRoom(() ->
          sound.ifPresentOrElse(
              file -> prompts.play(file, Duration.ZERO, () -> end("_none_")), () -> end("_none_")));
    }
  }

  @Override
  void cut() {
    prompts.stop();
    patience.cancel();
    leaveRoom(() -> end("_none_"));
  }

  private void leaveRoom(Runnable then) {
    keys.forget();
    Room left = room;
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

  /** The room ends under the channel. */
  void putOut() {
    if (!how.keep()) {
      channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
    }
    leave(Optional.empty());
  }

  private void act(KeyAction action, String pressed) {
    Member member = room == null ? null : room.member(channel().uuid());
    if (room != null && member != null) {
      room.act(member, action, pressed);
    }
  }

  @Override
  void talking(boolean on) {
    if (room != null) {
      room.talking(channel().uuid(), on);
    }
  }
}

package dev.callflow.testkit.model;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The application that keeps a channel in a room. */
final class Joined extends Running {

  private final Guard guard;
  private final World world;
  private final Application.Join how;
  private final LegSound prompts;
  private final Keys keys;
  private @Nullable Room room;

  Joined(Guard guard, World world, Channel channel, Execution execution, Application.Join how) {
    super(channel, execution);
    this.guard = guard;
    this.world = world;
    this.how = how;
    this.keys = new Keys(guard, how.keys(), this::act);
    this.prompts = new LegSound(guard, this, world.media());
  }

  Application.Join how() {
    return how;
  }

  @Override
  void begin() {
    Room existing = world.rooms().get(how.room());
    SwitchEvent.Refusal refusal = refusal(existing);
    if (existing != null) {
      channel().assign(Map.of("conference_name", how.room()));
      channel().assign(Map.of("app_session_uuid", existing.uuid()));
    }
    if (refusal != null) {
      guard.emit(
          new SwitchEvent.JoinRefused(
              channel().state(), execution(), how.room(), how.profile(), refusal));
      refuse(existing, refusal);
      return;
    }
    channel().answer();
    Room entered = existing == null ? Room.create(guard, world, how, roomVariables()) : existing;
    room = entered;
    boolean first = entered.number(channel());
    Map<String, String> told = new LinkedHashMap<>();
    told.put("conference_name", how.room());
    told.put("app_session_uuid", entered.uuid());
    told.put("conference_member_id", String.valueOf(channel().memberNumber));
    told.put("conference_moderator", String.valueOf(how.flags().contains("moderator")));
    told.put("conference_ghost", String.valueOf(how.flags().contains("ghost")));
    if (!entered.lastRecording().isEmpty()) {
      told.put("conference_recording", entered.lastRecording());
    }
    told.put("conference_uuid", entered.uuid());
    channel().assign(told);
    entered.add(this, first && how.silent());
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

  private SwitchEvent.@Nullable Refusal refusal(@Nullable Room existing) {
    if (world.settings().refusesJoins()) {
      return SwitchEvent.Refusal.FAULT;
    }
    if (existing == null) {
      return how.flags().contains("join-only") ? SwitchEvent.Refusal.NO_ROOM : null;
    }
    if (existing.locked() && how.enforced()) {
      return SwitchEvent.Refusal.LOCKED;
    }
    return existing.full() ? SwitchEvent.Refusal.FULL : null;
  }

  /** The channel is put out, if it is still in. */
  void leave() {
    if (room != null) {
      cut();
    }
  }

  private void refuse(@Nullable Room room, SwitchEvent.Refusal why) {
    switch (why) {
      case LOCKED -> sayAndEnd(room, RoomRules.Prompt.LOCKED);
      case FULL -> sayAndEnd(room, RoomRules.Prompt.FULL);
      case NO_ROOM -> {
        end("_none_");
        if (!how.keep()) {
          channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
        }
      }
      case FAULT -> end("_none_");
    }
  }

  private void sayAndEnd(@Nullable Room room, RoomRules.Prompt occasion) {
    Optional<String> file = room == null ? Optional.empty() : room.rules().prompt(occasion);
    file.ifPresentOrElse(it -> prompts.play(it, () -> end("_none_")), () -> end("_none_"));
  }

  @Override
  void cut() {
    prompts.stop();
    keys.forget();
    Room left = room;
    if (left == null) {
      end("_none_");
      return;
    }
    room = null;
    left.remove(channel().uuid());
    end("_none_");
    if (how.flags().contains("endconf")) {
      left.end();
    }
    left.destroyIfEmpty();
  }

  /** The room ends under the channel. */
  void putOut() {
    if (!how.keep()) {
      channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
    }
    cut();
  }

  @Override
  void key(char key) {
    keys.press(key);
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

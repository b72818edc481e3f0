package dev.callflow.testkit.model;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application that keeps a channel in a room. */
final class Joined extends Running {

  private final Guard guard;
  private final World world;
  private final Application.Join how;
  private @Nullable Room room;

  Joined(Guard guard, World world, Channel channel, Execution execution, Application.Join how) {
    super(channel, execution);
    this.guard = guard;
    this.world = world;
    this.how = how;
  }

  Application.Join how() {
    return how;
  }

  @Override
  void begin() {
    Room existing = world.rooms().get(how.room());
    SwitchEvent.Refusal refusal = refusal(existing);
    if (refusal != null) {
      guard.emit(new SwitchEvent.JoinRefused(channel().state(), execution(), how.room(), refusal));
      end("_none_");
      if (refusal == SwitchEvent.Refusal.NO_ROOM && !how.keep()) {
        channel().hangUp(EndedBy.SWITCH, HangupCause.NORMAL_CLEARING);
      }
      return;
    }
    channel().answer();
    Room entered = existing == null ? Room.create(guard, world, how, roomVariables()) : existing;
    room = entered;
    entered.add(this);
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

  @Override
  void cut() {
    Room left = room;
    if (left == null) {
      end("_none_");
      return;
    }
    room = null;
    left.remove(channel().uuid());
    end("_none_");
    left.destroyIfEmpty();
  }

  @Override
  void talking(boolean on) {
    if (room != null) {
      room.talking(channel().uuid(), on);
    }
  }
}

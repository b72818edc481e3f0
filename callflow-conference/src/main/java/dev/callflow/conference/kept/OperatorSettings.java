package dev.callflow.conference.kept;

import dev.callflow.conference.caller.CallerNumber;
import dev.callflow.conference.mixer.MixerCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings that operators have made for a conference: bans, the lock, the limit and variables.
 * They last until the conference ends, which can be before the mixer creates its room or after the
 * room has ended, while callers wait outside. Owned by the room.
 */
public final class OperatorSettings {

  /**
   * The difference between the mixer's limit on members and the number of seats. The room assigns
   * the seats; the mixer's higher limit is only a safety net.
   */
  private static final int MIXER_MARGIN = 10;

  private final int maxBans;
  private final Set<String> banned = new LinkedHashSet<>();
  private final Map<String, String> variables = new HashMap<>();
  private OptionalInt limit = OptionalInt.empty();
  private boolean locked;

  /**
   * @param maxBans the maximum number of banned numbers
   */
  public OperatorSettings(int maxBans) {
    this.maxBans = maxBans;
  }

  /** The result of a ban. */
  public enum BanResult {
    /** The number is now banned. */
    ADDED,
    /** The number is withheld or was already banned. */
    UNCHANGED,
    /** The number is not banned, because too many numbers are. */
    TOO_MANY
  }

  public BanResult ban(String number) {
    String compared = CallerNumber.spelling(number);
    if (compared.isEmpty() || banned.contains(compared)) {
      return BanResult.UNCHANGED;
    }
    if (banned.size() >= maxBans) {
      return BanResult.TOO_MANY;
    }
    banned.add(compared);
    return BanResult.ADDED;
  }

  /** Restores a ban that an earlier process stored; the maximum does not apply. */
  public void restoreBan(String number) {
    banned.add(CallerNumber.spelling(number));
  }

  /** Lifts the ban of a caller number; returns false if the number is not banned. */
  public boolean unban(String number) {
    return banned.remove(CallerNumber.spelling(number));
  }

  /** Returns whether a number, in the spelling in which numbers are compared, is banned. */
  public boolean isBanned(String number) {
    return banned.contains(number);
  }

  /**
   * Sets the maximum number of participants; 0 means no limit. Returns whether the limit has
   * changed.
   */
  public boolean setLimit(int max) {
    boolean changes = !limit.equals(OptionalInt.of(max));
    limit = OptionalInt.of(max);
    return changes;
  }

  /** Returns the limit; empty if no operator has set one, 0 for no limit. */
  public OptionalInt limit() {
    return limit;
  }

  /** Locks or unlocks the conference; returns whether this changes anything. */
  public boolean lock(boolean on) {
    boolean changes = locked != on;
    locked = on;
    return changes;
  }

  public boolean isLocked() {
    return locked;
  }

  /** Sets variables; an empty value removes a variable. */
  public void set(Map<String, String> changed) {
    changed.forEach((name, value) -> {
      if (value.isEmpty()) {
        variables.remove(name);
      } else {
        variables.put(name, value);
      }
    });
  }

  public Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  /** Returns the commands that give the mixer's new room these settings. */
  public List<MixerCommand> commands() {
    List<MixerCommand> commands = new ArrayList<>();
    if (locked) {
      commands.add(new MixerCommand.Lock(true));
    }
    if (limit.isPresent()) {
      commands.add(new MixerCommand.MaxMembers(mixerLimit(limit.getAsInt())));
    }
    Map<String, String> kept = new HashMap<>(variables);
    banned.forEach(number -> kept.putAll(KeptVariables.ban(number, true)));
    limit.ifPresent(max -> kept.putAll(KeptVariables.limit(max)));
    if (!kept.isEmpty()) {
      commands.add(new MixerCommand.SetVariables(kept));
    }
    return commands;
  }

  /** Returns the mixer's limit for a number of seats; 0 means no limit. */
  public static OptionalInt mixerLimit(int seats) {
    return seats == 0 ? OptionalInt.empty() : OptionalInt.of(seats + MIXER_MARGIN);
  }

  /** Called when the conference has ended. */
  public void clear() {
    banned.clear();
    variables.clear();
    limit = OptionalInt.empty();
    locked = false;
  }
}

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
 * The settings that operators have made for a conference: bans, the lock, the limit and variables;
 * and the results of their actions. They last until the conference ends, which can be before the
 * mixer creates its room or after the room has ended, while callers wait outside. Owned by the
 * room.
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
  private final Map<String, String> results = new HashMap<>();
  private OptionalInt limit = OptionalInt.empty();
  private boolean locked;
  private long revision;
  private long lastRevision;

  /**
   * @param maxBans the maximum number of banned numbers
   * @param firstRevision a number higher than every earlier revision of the conference's settings
   */
  public OperatorSettings(int maxBans, long firstRevision) {
    this.maxBans = maxBans;
    this.lastRevision = firstRevision;
  }

  private void changed() {
    lastRevision++;
    revision = lastRevision;
  }

  /** Returns the revision, which rises with each change; 0 if nothing has been set. */
  public long revision() {
    return revision;
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
    changed();
    return BanResult.ADDED;
  }

  /** Takes over the settings that an earlier process stored; the maximum of bans does not apply. */
  public void restore(KeptSettings kept) {
    clear();
    kept.bans().forEach(number -> banned.add(CallerNumber.spelling(number)));
    variables.putAll(kept.variables());
    results.putAll(kept.results());
    limit = kept.limit();
    locked = kept.locked();
    revision = kept.revision();
    lastRevision = Math.max(lastRevision, revision);
  }

  /** Returns the settings and results. */
  public KeptSettings kept() {
    return new KeptSettings(revision, locked, limit, banned, variables, results);
  }

  /** Lifts the ban of a caller number; returns false if the number is not banned. */
  public boolean unban(String number) {
    boolean changes = banned.remove(CallerNumber.spelling(number));
    if (changes) {
      changed();
    }
    return changes;
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
    if (changes) {
      changed();
    }
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
    if (changes) {
      changed();
    }
    return changes;
  }

  public boolean isLocked() {
    return locked;
  }

  /** Sets variables; an empty value removes a variable. */
  public void set(Map<String, String> changed) {
    put(variables, changed);
    changed();
  }

  /** Stores results of actions, by the digests of their keys; an empty result removes one. */
  public void setResults(Map<String, String> changed) {
    put(results, changed);
    changed();
  }

  private static void put(Map<String, String> values, Map<String, String> changed) {
    changed.forEach((name, value) -> {
      if (value.isEmpty()) {
        values.remove(name);
      } else {
        values.put(name, value);
      }
    });
  }

  public Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  /**
   * Returns the commands that give the mixer's new room these settings. The revision comes last: it
   * shows that the room has all of them.
   */
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
    results.forEach((digest, result) -> kept.putAll(KeptVariables.result(digest, result)));
    if (!kept.isEmpty()) {
      commands.add(new MixerCommand.SetVariables(kept));
    }
    if (revision > 0) {
      commands.add(new MixerCommand.SetVariables(KeptVariables.revision(revision)));
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
    results.clear();
    limit = OptionalInt.empty();
    locked = false;
    revision = 0;
  }
}

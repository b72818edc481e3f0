package dev.callflow.cli.day;

import dev.callflow.simulator.SimulatedSwitch;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.model.SwitchEvent;
import dev.callflow.simulator.model.SwitchEvent.MemberChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a switch has seen, from its own events. It knows nothing of the host but which conference a
 * number leads to, and which prompt a caller hears before they are refused.
 */
final class SwitchDiary {

  /** The prompts before a refusal, with the reason for it. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "conf-locked", "locked",
          "conf-max_participants", "full",
          "conf-too_many_attempts", "bad_pin");

  /** What has happened in a room. */
  private record Noted(String room, String what) {}

  private final Map<String, String> conferences;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Noted> noted = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> members = new HashMap<>();
  private final Map<String, Integer> peaks = new HashMap<>();
  private final Map<String, Integer> totals = new HashMap<>();
  private final Map<String, Boolean> ended = new LinkedHashMap<>();
  private final List<String> visits = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<String> recordings = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, String> lastHeard = new HashMap<>();
  private final Set<String> joined = new HashSet<>();
  private final Set<String> kicked = new HashSet<>();
  private final SortedMap<String, Integer> counts = new TreeMap<>();

  /**
   * @param seen the switch
   * @param conferences the conferences by the numbers that lead to them
   */
  SwitchDiary(SimulatedSwitch seen, Map<String, String> conferences) {
    this.conferences = conferences;
    seen.listen(event ->
        locked(() -> {
          note(event);
          return true;
        }));
  }

  private <T> T locked(Supplier<T> task) {
    lock.lock();
    try {
      return task.get();
    } finally {
      lock.unlock();
    }
  }

  private void note(SwitchEvent event) {
    if (event instanceof SwitchEvent.RoomCreated created) {
      ended.put(created.room().uuid(), false);
      note(created.room(), "conference-create");
    } else if (event instanceof SwitchEvent.RoomDestroyed destroyed) {
      ended.put(destroyed.room().uuid(), true);
      note(destroyed.room(), "conference-destroy");
    } else if (event instanceof SwitchEvent.MemberAdded added) {
      joins(added.room(), added.member());
    } else if (event instanceof SwitchEvent.MemberRemoved removed) {
      leaves(removed.room(), removed.member());
    } else if (event instanceof SwitchEvent.MemberChanged changed) {
      changes(changed.room(), changed.member(), changed.what());
    } else if (event instanceof SwitchEvent.LockSet set) {
      note(set.room(), set.on() ? "lock" : "unlock");
      carriedOut("Lock");
    } else if (event instanceof SwitchEvent.RoomRecordingStarted started) {
      note(started.room(), "start-recording");
      count("callflow_conference_recordings_total{event=\"started\"}");
      carriedOut("StartRecording");
    } else if (event instanceof SwitchEvent.RoomRecordingStopped stopped) {
      recordings.add(stopped.path() + " " + stopped.length().toMillis() + " ms");
      note(stopped.room(), "stop-recording");
      count("callflow_conference_recordings_total{event=\"finished\"}");
      carriedOut("StopRecording");
    } else if (event instanceof SwitchEvent.PlaybackStarted playback) {
      lastHeard.put(playback.channel().uuid(), playback.file());
    } else if (event instanceof SwitchEvent.Gone gone) {
      gone(gone);
    }
  }

  /**
   * Notes what a host must find in the rooms when it takes them over, and says as repairs.
   *
   * @param seen the switch
   */
  void isTakenOver(SimulatedSwitch seen) {
    locked(() -> {
      for (SimRoomState room : seen.rooms().all()) {
        for (MemberState member : seen.rooms().members(room.name())) {
          note(room, "conference-repaired add-member " + member.channel().callerNumber());
          count("callflow_conference_repairs_total{cause=\"missed-join\"}");
        }
        if (room.locked()) {
          note(room, "conference-repaired lock");
          count("callflow_conference_repairs_total{cause=\"missed-flag\"}");
        }
        room.recordings()
            .forEach(path -> {
              note(room, "conference-repaired start-recording");
              count("callflow_conference_repairs_total{cause=\"missed-flag\"}");
              count("callflow_conference_recordings_total{event=\"started\"}");
            });
      }
      return true;
    });
  }

  private void note(SimRoomState room, String what) {
    noted.add(new Noted(room.name(), what));
  }

  private void joins(SimRoomState room, MemberState member) {
    ChannelState channel = member.channel();
    names.put(room.name(), conference(channel));
    joined.add(channel.uuid());
    totals.merge(room.uuid(), 1, Integer::sum);
    peaks.merge(room.uuid(), members.merge(room.uuid(), 1, Integer::sum), Math::max);
    note(room, "add-member " + channel.callerNumber());
    count("callflow_conference_joins_seconds_count");
  }

  private void leaves(SimRoomState room, MemberState member) {
    ChannelState channel = member.channel();
    members.merge(room.uuid(), -1, Integer::sum);
    String how = kicked.remove(channel.uuid()) ? "kicked" : "left";
    visits.add(room.uuid() + " " + channel.callerNumber() + " " + how);
    note(room, "del-member " + channel.callerNumber() + " " + how);
  }

  private void changes(SimRoomState room, MemberState member, MemberChange what) {
    String number = member.channel().callerNumber();
    if (what == MemberChange.MUTED || what == MemberChange.UNMUTED) {
      note(room, (what == MemberChange.MUTED ? "mute-member " : "unmute-member ") + number);
      carriedOut("Mute");
    } else if (what == MemberChange.KICKED || what == MemberChange.HUNG_UP) {
      kicked.add(member.channel().uuid());
      carriedOut("Kick");
    }
  }

  private void gone(SwitchEvent.Gone gone) {
    ChannelState channel = gone.channel();
    String cause = channel.cause() == null ? "" : channel.cause().name();
    String by = word(gone.by().name());
    calls.add(
        String.join(" ", channel.uuid(), channel.callerNumber(), channel.destination(), by, cause));
    count("callflow_calls_seconds_count{cause=\"%s\",ended_by=\"%s\"}".formatted(word(cause), by));
    if (!joined.contains(channel.uuid())) {
      refused(channel);
    }
  }

  private void refused(ChannelState channel) {
    String heard = lastHeard.getOrDefault(channel.uuid(), "");
    String reason =
        REFUSALS.entrySet().stream()
            .filter(it -> heard.contains(it.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("after " + heard);
    refusals.add(
        String.join(" ", channel.uuid(), channel.callerNumber(), conference(channel), reason));
    noted.add(
        new Noted(
            conference(channel), "conference-denied " + channel.callerNumber() + " " + reason));
    count("callflow_conference_refusals_total{reason=\"%s\"}".formatted(reason));
  }

  private String conference(ChannelState channel) {
    return conferences.getOrDefault(channel.destination(), "");
  }

  private void carriedOut(String command) {
    count(
        "callflow_conference_commands_seconds_count{command=\"%s\",result=\"done\"}"
            .formatted(command));
  }

  private void count(String meter) {
    counts.merge(meter, 1, Integer::sum);
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what has happened in each conference, in order, in the words of events. */
  Map<String, List<String>> happened() {
    return locked(() -> {
      Map<String, List<String>> found = new TreeMap<>();
      for (Noted each : noted) {
        String conference = names.getOrDefault(each.room(), each.room());
        found.computeIfAbsent(conference, none -> new ArrayList<>()).add(each.what());
      }
      return found;
    });
  }

  /** Returns the rooms, with their members at most and in total, and whether they have ended. */
  List<String> runs() {
    return locked(() ->
        ended.entrySet().stream()
            .map(it ->
                "%s peak %d total %d ended %s"
                    .formatted(
                        it.getKey(),
                        peaks.getOrDefault(it.getKey(), 0),
                        totals.getOrDefault(it.getKey(), 0),
                        it.getValue()))
            .toList());
  }

  /** Returns who has left which room, and how. */
  List<String> visits() {
    return locked(() -> List.copyOf(visits));
  }

  /** Returns the callers who have been in no room, and the reason for it. */
  List<String> refusals() {
    return locked(() -> List.copyOf(refusals));
  }

  /** Returns the files of the recordings that have ended, with their lengths. */
  List<String> recordings() {
    return locked(() -> List.copyOf(recordings));
  }

  /** Returns the calls that have ended: id, numbers, by which party, and why. */
  List<String> calls() {
    return locked(() -> List.copyOf(calls));
  }

  /** Returns how often things have happened, by the names of the meters that count them. */
  SortedMap<String, Integer> counts() {
    return locked(() -> new TreeMap<>(counts));
  }
}

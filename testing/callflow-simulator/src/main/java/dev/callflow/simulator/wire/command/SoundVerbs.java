package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.RoomSettings;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.call.EmbeddedCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that control the sounds of a room and its members. */
final class SoundVerbs {

  private final SimRooms rooms;
  private final MemberTargets targets;
  private final EmbeddedCommands commands;

  SoundVerbs(SimRooms rooms, MemberTargets targets, EmbeddedCommands commands) {
    this.rooms = rooms;
    this.targets = targets;
    this.commands = commands;
  }

  Map<String, RoomVerb> verbs() {
    return Map.of(
        "play", this::play,
        "stop", this::stop,
        "play_status", (room, words) -> status(room),
        "pause_play", (room, words) -> pause(room),
        // No simulated profile has a text-to-speech voice.
        "say", (room, words) -> "-ERR (say) Error!\nsay <text>",
        "enter_sound", (room, words) -> sound(room, "enter_sound", words, true),
        "exit_sound", (room, words) -> sound(room, "exit_sound", words, false));
  }

  private static String status(SimRoomState room) {
    return room.playing()
        .map(file -> "+OK 0/0 " + file.replaceFirst("^tone_stream://", "") + "\n")
        .orElse("-ERR Nothing is playing\n");
  }

  private String pause(SimRoomState room) {
    return rooms
        .pausePlaying(room.name())
        .map(paused -> paused ? "+OK Pause\n" : "+OK Resume\n")
        .orElse("-ERR Nothing is playing\n");
  }

  private String play(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return "play <file_path> [async|<member_id> [nomux]]";
    }
    String file = words.getFirst();
    if (words.size() < 2) {
      return played(file, rooms.play(room.name(), file), "");
    }
    if (words.get(1).equals("async")) {
      return played(file, rooms.playInParallel(room.name(), file), "");
    }
    return targets
        .byNumber(room, words.get(1))
        .map(member -> playTo(room, member, file))
        .orElse("-ERR Member: 0 not found.\nplay <file_path> [async|<member_id> [nomux]]");
  }

  private String playTo(SimRoomState room, MemberState member, String file) {
    String uuid = member.channel().uuid();
    return played(
        file,
        rooms.playTo(room.name(), uuid, commands.substitute(file, member.channel())),
        " to member " + member.number());
  }

  private static String played(String file, RoomReply reply, String target) {
    return reply == RoomReply.DONE
        ? "+OK (play) Playing file " + file + target + "\n"
        : "-ERR (play) File: " + file + " not found.\n";
  }

  private String stop(SimRoomState room, List<String> words) {
    String what = words.isEmpty() ? "all" : words.getFirst();
    if (!List.of("all", "current", "async").contains(what)) {
      return "stop <[current|all|async|last]> [<member_id>]";
    }
    int stopped = what.equals("async") ? 0 : rooms.stop(room.name(), what.equals("all")).orElse(0);
    if (!what.equals("current")) {
      stopped += rooms.stopParallel(room.name()).orElse(0);
    }
    return "+OK Stopped " + stopped + " files.\n";
  }

  private String sound(SimRoomState room, String verb, List<String> words, boolean enter) {
    String usage = verb + " on|off|none|file <filename>";
    if (words.isEmpty()) {
      return "-ERR Not enough args\n" + usage;
    }
    String name = room.name() + (enter ? " enter" : " exit");
    RoomSettings before = room.settings();
    return switch (words.getFirst()) {
      case "on", "off" -> {
        boolean on = words.getFirst().equals("on");
        rooms.change(room.name(), enter ? before.enterSoundsOn(on) : before.exitSoundsOn(on));
        Optional<String> file = enter ? before.enterSound() : before.exitSound();
        yield "+OK %s sounds %s (%s)\n".formatted(name, words.getFirst(), file.orElse("none"));
      }
      case "file" -> {
        if (words.size() < 2) {
          yield usage;
        }
        rooms.change(
            room.name(), enter ? before.enterSound(words.get(1)) : before.exitSound(words.get(1)));
        yield "+OK " + name + " sound file set to " + words.get(1) + "\n";
      }
      default -> usage;
    };
  }
}

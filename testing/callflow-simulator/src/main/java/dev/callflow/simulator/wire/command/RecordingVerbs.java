package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.SimRoomState;
import java.util.List;
import java.util.Map;

/** Commands that control the recordings of a room. */
final class RecordingVerbs {

  private static final String USAGE = "recording [start|stop|check|pause|resume] [<filename>|all]";

  private final SimRooms rooms;

  RecordingVerbs(SimRooms rooms) {
    this.rooms = rooms;
  }

  Map<String, RoomVerb> verbs() {
    return Map.of(
        "record",
            (room, words) -> words.isEmpty() ? "record <filename>" : start(room, words.getFirst()),
        "norecord", (room, words) -> stop(room, words.isEmpty() ? "all" : words.getFirst()),
        "chkrecord", (room, words) -> check(room),
        "recording", this::recording);
  }

  private String recording(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return USAGE;
    }
    String file = words.size() > 1 ? words.get(1) : "";
    return switch (words.getFirst()) {
      case "start" -> file.isEmpty() ? "recording start <filename>" : start(room, file);
      case "stop" -> stop(room, file.isEmpty() ? "all" : file);
      case "check" -> check(room);
      case "pause" -> pause(room, file, true);
      case "resume" -> pause(room, file, false);
      default -> USAGE;
    };
  }

  private String start(SimRoomState room, String file) {
    return rooms.startRecording(room.name(), file) == RoomReply.REFUSED
        ? "-ERR file [" + file + "] is already being used for recording.\n"
        : "+OK Record file " + file + "\n";
  }

  private String stop(SimRoomState room, String file) {
    List<String> files = file.equals("all") ? room.recordings() : List.of(file);
    StringBuilder text = new StringBuilder();
    for (String one : files) {
      boolean stopped = rooms.stopRecording(room.name(), one) == RoomReply.DONE;
      text.append(
          stopped
              ? "Stopped recording file " + one + "\n"
              : "-ERR non-existant recording '" + one + "'\n");
    }
    return text.append("+OK Stopped recording 0 files\n").toString();
  }

  private String pause(SimRoomState room, String file, boolean on) {
    boolean known = rooms.pauseRecording(room.name(), file, on) == RoomReply.DONE;
    return "+OK "
        + (on ? "Pause" : "Resume")
        + " recording file "
        + file
        + "\n"
        + (known ? "" : "-ERR non-existant recording '" + file + "'\n");
  }

  private static String check(SimRoomState room) {
    return room.recordings().isEmpty()
        ? "-ERR Conference is not being recorded.\n"
        : String.join(
            "", room.recordings().stream().map(file -> "+OK Record file " + file + "\n").toList());
  }
}

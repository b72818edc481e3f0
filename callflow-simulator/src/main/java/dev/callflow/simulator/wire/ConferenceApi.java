package dev.callflow.simulator.wire;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.Relation;
import dev.callflow.simulator.model.RoomReply;
import dev.callflow.simulator.model.RoomSettings;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code api conference …}, answered word for word (spec of mod_conference, 2.1 and 2.2). */
final class ConferenceApi {

  private static final int MAX_WORDS = 25;

  private final SimRooms rooms;
  private final ConferenceCalls calls;
  private final Supplier<WireFaults> faults;
  private final Supplier<Instant> now;
  private final RoomListings listings;

  ConferenceApi(
      SimRooms rooms, ConferenceCalls calls, Supplier<WireFaults> faults, Supplier<Instant> now) {
    this.rooms = rooms;
    this.calls = calls;
    this.faults = faults;
    this.now = now;
    this.listings = new RoomListings(rooms, now);
  }

  String run(String line) {
    List<String> words = Words.of(line, ' ', MAX_WORDS);
    if (words.isEmpty()) {
      return "Conference command, not specified.\nTry 'help'\n";
    }
    String verb = words.size() > 1 ? words.get(1).toLowerCase(Locale.ROOT) : "";
    if (verb.equals("dial") || verb.equals("bgdial")) {
      return calls.run(words.getFirst(), verb, words.subList(2, words.size()));
    }
    Optional<SimRoomState> room = rooms.find(words.getFirst());
    if (room.isEmpty()) {
      return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
        case "list" ->
            all(each -> header(each) + list(each, List.of()), "+OK No active conferences.\n");
        case "count" -> String.valueOf(rooms.all().size());
        case "json_list" -> listings.json(rooms.all(), words.contains("compact"));
        case "xml_list" -> listings.xml(rooms.all());
        default -> "-ERR Conference " + words.getFirst() + " not found\n";
      };
    }
    if (words.size() == 1) {
      return "Conference command, not specified.\nTry 'help'\n";
    }
    return rooms.atOnce(() -> run(room.get(), verb, words.subList(2, words.size())));
  }

  private String all(Function<SimRoomState, String> each, String none) {
    List<SimRoomState> all = rooms.all();
    return all.isEmpty() ? none : String.join("", all.stream().map(each).toList());
  }

  private String run(SimRoomState room, String verb, List<String> words) {
    String name = room.name();
    return switch (verb) {
      case "mute" ->
          each(room, words, verb, MUTE, it -> rooms.mute(name, it, true, quiet(words)), "mute");
      case "unmute" ->
          each(room, words, verb, MUTE, it -> rooms.mute(name, it, false, quiet(words)), "unmute");
      case "deaf" -> each(room, words, verb, DEAF, it -> rooms.deafen(name, it, true), "deaf");
      case "undeaf" -> each(room, words, verb, DEAF, it -> rooms.deafen(name, it, false), "undeaf");
      case "tmute" -> toggle(room, words);
      case "get-uuid" ->
          words.isEmpty()
              ? verb + DEAF
              : targets(room, words.getFirst(), verb + DEAF, member -> member.channel().uuid());
      case "kick" ->
          each(room, words, verb, KICK, it -> rooms.kick(name, it, second(words)), "kicked");
      case "hup" -> each(room, words, verb, DEAF, it -> rooms.letGo(name, it), "hup");
      case "floor" -> floor(room, words);
      case "hold" -> each(room, words, verb, DEAF, it -> rooms.hold(name, it, true), "hold");
      case "unhold" -> each(room, words, verb, DEAF, it -> rooms.hold(name, it, false), "unhold");
      case "play_status" ->
          room.playing()
              .map(file -> "+OK 0/0 " + file.replaceFirst("^tone_stream://", "") + "\n")
              .orElse("-ERR Nothing is playing\n");
      case "pause_play" ->
          rooms
              .pausePlaying(name)
              .map(paused -> paused ? "+OK Pause\n" : "+OK Resume\n")
              .orElse("-ERR Nothing is playing\n");
      // No profile of ours has a voice.
      case "say" -> "-ERR (say) Error!\nsay <text>";
      case "agc" ->
          level(
              room,
              words,
              (it, level) -> rooms.gainControl(name, it, level),
              MemberState::gainControl,
              "Agc ");
      case "dtmf" -> send(room, words);
      case "energy" ->
          level(
              room,
              words,
              (it, level) -> rooms.energy(name, it, level),
              MemberState::energy,
              "Energy ");
      case "volume_in" ->
          level(
              room,
              words,
              (it, level) -> rooms.volumeIn(name, it, level),
              MemberState::volumeIn,
              "+OK Volume IN ");
      case "volume_out" ->
          level(
              room,
              words,
              (it, level) -> rooms.volumeOut(name, it, level),
              MemberState::volumeOut,
              "+OK Volume OUT ");
      case "lock" -> {
        rooms.lock(name, true);
        yield "+OK " + name + " locked\n";
      }
      case "unlock" -> {
        rooms.lock(name, false);
        yield "+OK " + name + " unlocked\n";
      }
      case "play" -> play(room, words);
      case "stop" -> stop(room, words);
      case "record" -> words.isEmpty() ? "record <filename>" : record(room, words.getFirst());
      case "recording" -> recording(room, words);
      case "norecord" -> stopRecording(room, words.isEmpty() ? "all" : words.getFirst());
      case "chkrecord" -> check(room);
      case "relate" -> relate(room, words);
      case "setvar" -> {
        if (!words.isEmpty()) {
          rooms.assign(name, Map.of(words.getFirst(), words.size() > 1 ? words.get(1) : ""));
        }
        yield "+OK\n";
      }
      case "getvar" -> words.isEmpty() ? "" : room.variables().getOrDefault(words.getFirst(), "");
      case "get" -> words.isEmpty() ? "get <parameter-name>" : get(room, words.getFirst());
      case "set" -> set(room, words);
      case "pin" -> pin(room, words);
      case "nopin" -> {
        rooms.memberPin(name, "");
        yield "+OK Pin for conference " + name + " deleted\n";
      }
      case "count" -> String.valueOf(room.size());
      case "list" -> list(room, words);
      case "json_list" -> listings.json(List.of(room), words.contains("compact"));
      case "xml_list" -> listings.xml(List.of(room));
      case "transfer" -> transfer(room, words);
      case "enter_sound" -> sound(room, verb, words, true);
      case "exit_sound" -> sound(room, verb, words, false);
      default -> "-ERR Conference command '" + verb + "' not found.\n";
    };
  }

  private static final String MUTE = " <[member_id|all]|last|non_moderator> [<quiet>]";
  private static final String KICK =
      " <[member_id|all|last|non_moderator]> [<optional sound file>]";
  private static final String DEAF = " <[member_id|all]|last|non_moderator>";

  private String each(
      SimRoomState room,
      List<String> words,
      String verb,
      String usage,
      Function<String, RoomReply> action,
      String done) {
    if (words.isEmpty()) {
      return verb + usage;
    }
    return targets(
        room,
        words.getFirst(),
        verb + usage,
        member -> {
          RoomReply reply = action.apply(member.channel().uuid());
          return reply == RoomReply.NO_MEMBER
              ? "-ERR Non-Existant ID " + member.number() + "\n"
              : "+OK " + done + " " + member.number() + "\n";
        });
  }

  private interface SetLevel {
    RoomReply set(String channel, int level);
  }

  private interface Level {
    int of(MemberState member);
  }

  private String level(
      SimRoomState room, List<String> words, SetLevel action, Level is, String done) {
    if (words.isEmpty()) {
      return "energy <member_id|all|last|non_moderator> [<newval>]";
    }
    boolean given = words.size() > 1 && words.get(1).matches("-?\\d{1,5}");
    int level = given ? Integer.parseInt(words.get(1)) : 0;
    return targets(
        room,
        words.getFirst(),
        "energy <member_id|all|last|non_moderator>",
        member -> {
          RoomReply reply = given ? action.set(member.channel().uuid(), level) : RoomReply.DONE;
          return reply == RoomReply.NO_MEMBER
              ? "-ERR Non-Existant ID " + member.number() + "\n"
              : done + member.number() + " = " + now(room, member, is) + "\n";
        });
  }

  /** After a command. */
  private int now(SimRoomState room, MemberState member, Level is) {
    return byNumber(rooms.members(room.name()), String.valueOf(member.number()))
        .map(is::of)
        .orElseGet(() -> is.of(member));
  }

  private String toggle(SimRoomState room, List<String> words) {
    return words.isEmpty()
        ? "tmute" + MUTE
        : targets(
            room,
            words.getFirst(),
            "tmute" + MUTE,
            member -> {
              rooms.mute(room.name(), member.channel().uuid(), !member.muted());
              return "+OK " + (member.muted() ? "unmute " : "mute ") + member.number() + "\n";
            });
  }

  private String send(SimRoomState room, List<String> words) {
    String usage = "dtmf <[member_id|all|last|non_moderator]> <digits>";
    return words.size() < 2
        ? usage
        : targets(
            room,
            words.getFirst(),
            usage,
            member -> {
              rooms.send(room.name(), member.channel().uuid(), words.get(1));
              return "+OK sent " + words.get(1) + " to " + member.number() + "\n";
            });
  }

  private String floor(SimRoomState room, List<String> words) {
    Optional<MemberState> holder =
        rooms.members(room.name()).stream().filter(MemberState::floor).findFirst();
    return words.isEmpty()
        ? "floor" + DEAF
        : holder
            .map(it -> "-ERR floor is held by " + it.number() + "\n")
            .orElseGet(() ->
                each(room, words, "floor", DEAF, it -> rooms.floor(room.name(), it), "floor"));
  }

  private String targets(
      SimRoomState room, String target, String usage, Function<MemberState, String> action) {
    Optional<Instant> since = faults.get().hidden().map(hidden -> now.get().minus(hidden));
    List<MemberState> members =
        rooms.members(room.name()).reversed().stream()
            .filter(member -> since.isEmpty() || !member.joined().isAfter(since.get()))
            .toList();
    if (target.equals("all")) {
      return String.join("", members.stream().map(action).toList());
    }
    if (target.equals("last")) {
      return members.stream()
          .max((a, b) -> Integer.compare(a.number(), b.number()))
          .map(action)
          .orElse("");
    }
    if (target.equals("non_moderator")) {
      StringBuilder text = new StringBuilder();
      for (MemberState member : members) {
        text.append(
            member.moderator()
                ? "Skipping moderator (member id " + member.number() + ").\n"
                : action.apply(member));
      }
      return text.toString();
    }
    if (target.contains("=")) {
      String[] pair = target.split("=", 2);
      return members.stream()
          .filter(member -> variable(member, pair[0]).equals(pair[1]))
          .findFirst()
          .map(action)
          .orElse("-ERR Non-Existant member\n");
    }
    if (!target.matches("\\d+.*")) {
      return usage;
    }
    int id = Integer.parseInt(target.replaceAll("^(\\d{1,9}).*", "$1"));
    return members.stream()
        .filter(member -> member.number() == id)
        .findFirst()
        .map(action)
        .orElse("-ERR Non-Existant ID " + id + "\n");
  }

  private static String variable(MemberState member, String name) {
    return name.equals("uuid")
        ? member.channel().uuid()
        : member.channel().variable(name).orElse("");
  }

  private String play(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return "play <file_path> [async|<member_id> [nomux]]";
    }
    String file = words.getFirst();
    Optional<String> target = words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
    if (target.isEmpty() || target.get().equals("async")) {
      RoomReply reply =
          target.isEmpty() ? rooms.play(room.name(), file) : rooms.playAside(room.name(), file);
      return reply == RoomReply.DONE
          ? "+OK (play) Playing file " + file + "\n"
          : "-ERR (play) File: " + file + " not found.\n";
    }
    return rooms.members(room.name()).stream()
        .filter(member -> String.valueOf(member.number()).equals(target.get()))
        .findFirst()
        .map(member ->
            rooms.playTo(
                        room.name(),
                        member.channel().uuid(),
                        calls.substituted(file, member.channel()))
                    == RoomReply.DONE
                ? "+OK (play) Playing file " + file + " to member " + member.number() + "\n"
                : "-ERR (play) File: " + file + " not found.\n")
        .orElse("-ERR Member: 0 not found.\nplay <file_path> [async|<member_id> [nomux]]");
  }

  private String stop(SimRoomState room, List<String> words) {
    String what = words.isEmpty() ? "all" : words.getFirst();
    if (!List.of("all", "current", "async").contains(what)) {
      return "stop <[current|all|async|last]> [<member_id>]";
    }
    int stopped = what.equals("async") ? 0 : rooms.stop(room.name(), what.equals("all")).orElse(0);
    if (!what.equals("current")) {
      stopped += rooms.stopAside(room.name()).orElse(0);
    }
    return "+OK Stopped " + stopped + " files.\n";
  }

  private String recording(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return "recording [start|stop|check|pause|resume] [<filename>|all]";
    }
    String file = words.size() > 1 ? words.get(1) : "";
    return switch (words.getFirst()) {
      case "start" -> file.isEmpty() ? "recording start <filename>" : record(room, file);
      case "stop" -> stopRecording(room, file.isEmpty() ? "all" : file);
      case "check" -> check(room);
      case "pause" -> pauseRecording(room, file, true);
      case "resume" -> pauseRecording(room, file, false);
      default -> "recording [start|stop|check|pause|resume] [<filename>|all]";
    };
  }

  private String record(SimRoomState room, String file) {
    return rooms.startRecording(room.name(), file) == RoomReply.REFUSED
        ? "-ERR file [" + file + "] is already being used for recording.\n"
        : "+OK Record file " + file + "\n";
  }

  private String stopRecording(SimRoomState room, String file) {
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

  private String pauseRecording(SimRoomState room, String file, boolean on) {
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

  private String relate(SimRoomState room, List<String> words) {
    List<Relation> all = rooms.relations(room.name());
    if (words.isEmpty()) {
      return all.isEmpty() ? "+OK No relationships\n" : "";
    }
    if (words.size() == 1) {
      return String.join(
          "",
          all.stream()
              .filter(it -> String.valueOf(it.member()).equals(words.getFirst()))
              .map(it ->
                  "%d -> %d %s %s NOSENDVIDEO \n"
                      .formatted(
                          it.member(),
                          it.other(),
                          it.speaks() ? "SPEAK" : "NOSPEAK",
                          it.hears() ? "HEAR" : "NOHEAR"))
              .toList());
    }
    if (words.size() < 3) {
      return "relate <member_id>[,<member_id>] <other_member_id>[,<other_member_id>]"
          + " [nospeak|nohear|clear]";
    }
    List<MemberState> members = rooms.members(room.name());
    Optional<MemberState> one = byNumber(members, words.getFirst());
    Optional<MemberState> other = byNumber(members, words.get(1));
    if (one.isEmpty() || other.isEmpty()) {
      return "-ERR relationship " + words.getFirst() + "->" + words.get(1) + " not found.\n";
    }
    String pair = words.getFirst() + "->" + words.get(1);
    String what = words.get(2);
    rooms.relate(
        room.name(),
        one.get().channel().uuid(),
        other.get().channel().uuid(),
        !what.equals("nospeak"),
        !what.equals("nohear"));
    return what.equals("clear")
        ? "+OK relationship " + pair + " cleared.\n"
        : "+OK " + pair + " " + what + " set\n";
  }

  private static Optional<MemberState> byNumber(List<MemberState> members, String number) {
    return members.stream()
        .filter(member -> String.valueOf(member.number()).equals(number))
        .findFirst();
  }

  private String get(SimRoomState room, String parameter) {
    return switch (parameter) {
      case "run_time" -> listings.runTime(room);
      case "count" -> String.valueOf(room.size());
      case "count_ghosts" -> String.valueOf(room.ghosts());
      case "max_members" -> String.valueOf(room.mostMembers().orElse(0));
      case "rate" -> "8000";
      case "profile_name" -> room.profile();
      case "sound_prefix" -> EventWriter.SOUNDS.substring(0, EventWriter.SOUNDS.length() - 1);
      case "caller_id_name" -> "FreeSWITCH";
      case "caller_id_number" -> "0000000000";
      case "is_locked" -> room.locked() ? "locked" : "";
      case "endconference_grace_time" -> String.valueOf(room.grace().toSeconds());
      case "uuid" -> room.uuid();
      case "wait_mod" -> room.waits() ? "true" : "";
      default -> "get <parameter-name>";
    };
  }

  private static boolean quiet(List<String> words) {
    return second(words).filter("quiet"::equals).isPresent();
  }

  private static Optional<String> second(List<String> words) {
    return words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
  }

  /** As FreeSWITCH takes it: any word, and shown. */
  private String pin(SimRoomState room, List<String> words) {
    if (words.isEmpty()) {
      return "-ERR Invalid parameters:\npin <pin#>";
    }
    boolean moderator = words.getFirst().equals("mod") && words.size() > 1;
    String pin = moderator ? words.get(1) : words.getFirst();
    if (moderator) {
      rooms.moderatorPin(room.name(), pin);
    } else {
      rooms.memberPin(room.name(), pin);
    }
    return "+OK "
        + (moderator ? "Moderator " : "")
        + "Pin for conference "
        + room.name()
        + " set: "
        + pin
        + "\n";
  }

  private String set(SimRoomState room, List<String> words) {
    if (words.size() == 2 && words.getFirst().equals("max_members")) {
      int most = words.get(1).matches("\\d{1,9}") ? Integer.parseInt(words.get(1)) : 0;
      rooms.limit(room.name(), most < 1 ? OptionalInt.empty() : OptionalInt.of(most));
      return String.valueOf(room.mostMembers().orElse(0));
    }
    if (words.size() == 2 && words.getFirst().equals("endconference_grace_time")) {
      rooms.grace(room.name(), Duration.ofSeconds(WireCommand.number(words.get(1))));
      return String.valueOf(room.grace().toSeconds());
    }
    return "set <max_members|sound_prefix|caller_id_name|caller_id_number|"
        + "endconference_grace_time> <value>";
  }

  private String transfer(SimRoomState room, List<String> words) {
    if (words.size() < 2) {
      return "transfer <conference_name> <member id> [...<member id>]";
    }
    StringBuilder text = new StringBuilder();
    for (String id : words.subList(1, words.size())) {
      Optional<MemberState> member = byNumber(rooms.members(room.name()), id);
      member.ifPresent(it -> rooms.move(room.name(), it.channel().uuid(), words.getFirst()));
      text.append(
          member.isPresent()
              ? "+OK Member '" + id + "' sent to conference " + words.getFirst() + ".\n"
              : "-ERR No Member " + id + " in conference " + room.name() + ".\n");
    }
    return text.toString();
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
        rooms.change(room.name(), enter ? before.entersHeard(on) : before.exitsHeard(on));
        yield "+OK "
            + name
            + " sounds "
            + words.getFirst()
            + " ("
            + (enter ? before.enterSound() : before.exitSound()).orElse("none")
            + ")\n";
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

  private static String header(SimRoomState room) {
    return "+OK Conference "
        + room.name()
        + " ("
        + room.size()
        + (room.size() == 1 ? " member" : " members")
        + " rate: 8000 flags: "
        + (room.locked() ? "locked|" : "")
        + (room.waits() ? "wait_mod|" : "")
        + "running|answered|enforce_min|dynamic|exit_sound|enter_sound|json_status)\n";
  }

  private String list(SimRoomState room, List<String> words) {
    String form = words.isEmpty() ? "" : words.getFirst();
    List<MemberState> members = rooms.members(room.name()).reversed();
    if (form.equals("count")) {
      return String.valueOf(room.size());
    }
    if (form.equals("pretty")) {
      return String.join(
          "",
          members.stream()
              .map(it ->
                  it.number()
                      + ") "
                      + it.channel().callerName()
                      + " ("
                      + it.channel().callerNumber()
                      + ")\n")
              .toList());
    }
    String between = form.equals("delim") && words.size() > 1 ? words.get(1) : ";";
    return String.join("", members.stream().map(it -> line(it, between)).toList());
  }

  private static String line(MemberState member, String between) {
    List<String> flags = new ArrayList<>();
    if (!member.deaf()) {
      flags.add("hear");
    }
    if (!member.muted()) {
      flags.add("speak");
    }
    if (member.talking()) {
      flags.add("talking");
    }
    if (member.floor()) {
      flags.add("floor");
    }
    if (member.moderator()) {
      flags.add("moderator");
    }
    if (member.ghost()) {
      flags.add("ghost");
    }
    return String.join(
            between,
            String.valueOf(member.number()),
            member.channel().name(),
            member.channel().uuid(),
            member.channel().callerName(),
            member.channel().callerNumber(),
            String.join("|", flags),
            String.valueOf(member.volumeIn()),
            String.valueOf(member.volumeOut()),
            String.valueOf(member.energy()))
        + "\n";
  }
}

package dev.callflow.simulator.wire.command;

import dev.callflow.simulator.SimRooms;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.simulator.wire.call.EmbeddedCommands;
import dev.callflow.simulator.wire.setup.WireFaults;
import dev.callflow.simulator.wire.text.Words;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Carries out {@code api conference …} and answers in mod_conference's exact words. */
public final class ConferenceApi implements ApiCommandGroup {

  private static final int MAX_WORDS = 25;

  private final SimRooms rooms;
  private final ConferenceCalls calls;
  private final RoomListings listings;
  private final ListVerbs lists;
  private final Map<String, RoomVerb> verbs = new HashMap<>();

  /**
   * @param faults returns the current faults
   * @param now returns the current time
   */
  public ConferenceApi(
      SimRooms rooms,
      ConferenceCalls calls,
      EmbeddedCommands commands,
      Supplier<WireFaults> faults,
      Supplier<Instant> now) {
    this.rooms = rooms;
    this.calls = calls;
    this.listings = new RoomListings(rooms, now);
    this.lists = new ListVerbs(rooms, listings);
    MemberTargets targets = new MemberTargets(rooms, faults, now);
    verbs.putAll(lists.verbs());
    verbs.putAll(new MemberVerbs(rooms, targets).verbs());
    verbs.putAll(new LevelVerbs(rooms, targets).verbs());
    verbs.putAll(new SoundVerbs(rooms, targets, commands).verbs());
    verbs.putAll(new RecordingVerbs(rooms).verbs());
    verbs.putAll(new RoomSettingVerbs(rooms, listings).verbs());
    verbs.put("relate", new RelateVerb(rooms, targets));
  }

  @Override
  public Map<String, UnaryOperator<String>> commands() {
    return Map.of("conference", this::run);
  }

  private String run(String line) {
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
      return withoutRoom(words);
    }
    if (words.size() == 1) {
      return "Conference command, not specified.\nTry 'help'\n";
    }
    RoomVerb known = verbs.get(verb);
    return known == null
        ? "-ERR Conference command '" + verb + "' not found.\n"
        : rooms.inOneStep(() -> known.run(room.get(), words.subList(2, words.size())));
  }

  private String withoutRoom(List<String> words) {
    return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
      case "list" -> lists.all();
      case "count" -> String.valueOf(rooms.all().size());
      case "json_list" -> listings.json(rooms.all(), words.contains("compact"));
      case "xml_list" -> listings.xml(rooms.all());
      default -> "-ERR Conference " + words.getFirst() + " not found\n";
    };
  }
}

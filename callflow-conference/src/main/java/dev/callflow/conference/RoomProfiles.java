package dev.callflow.conference;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Profile;
import dev.callflow.conference.room.RoomId;
import dev.callflow.conference.room.RoomProfile;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Makes what a mixer is told about a room when it asks by itself (spec 5.4). */
final class RoomProfiles {

  /** What the application does, and a mixer must not do a second time, or otherwise. */
  private static final Set<String> OURS =
      Set.of(
          "alone-sound",
          "announce-count",
          "auto-record",
          "caller-controls",
          "deaf-sound",
          "endconf-grace-time",
          "enter-sound",
          "exit-sound",
          "locked-sound",
          "max-members",
          "member-enter-sound",
          "member-flags",
          "min-required-recording-participants",
          "moderator-controls",
          "moderator-pin",
          "muted-sound",
          "pin",
          "suppress-events",
          "undeaf-sound",
          "unmuted-sound");

  /** What legs' variables tell FreeSWITCH as well. */
  private static final Set<String> BY_VARIABLES =
      Set.of("channels", "energy-level", "interval", "max-members-sound", "moh-sound", "rate");

  private final DocumentStore store;
  private final RoomDocuments documents;

  RoomProfiles(DocumentStore store, RoomDocuments documents) {
    this.store = store;
    this.documents = documents;
  }

  /** Whether neither the application nor a leg's variable does what a parameter says. */
  static boolean onlyInXml(String parameter) {
    return !OURS.contains(parameter) && !BY_VARIABLES.contains(parameter);
  }

  /** A room that nobody knows of has what the account's configuration says. */
  RoomProfile of(RoomId room) {
    ConferenceDocument conference =
        documents
            .find(room)
            .orElseGet(() -> ConferenceDocument.adHoc(room.conference(), Json.object()));
    Profile profile = documents.profile(room, conference);
    Map<String, String> parameters = new TreeMap<>();
    Map<String, Media> sounds = new TreeMap<>();
    profile
        .parameters()
        .forEach((key, value) -> {
          if (key.endsWith("-sound") && !OURS.contains(key)) {
            profile
                .sound(key, room.account(), store, conference.language())
                .ifPresent(media -> sounds.put(key, media));
          } else if (!OURS.contains(key) && !value.isEmpty()) {
            parameters.put(key, value);
          }
        });
    OptionalInt seats = RoomRules.seats(profile);
    if (seats.isPresent()) {
      parameters.put("max-members", String.valueOf(seats.getAsInt() + Join.SAFETY));
    }
    parameters.put("caller-controls", "none");
    parameters.put("moderator-controls", "none");
    store
        .account(room.account())
        .flatMap(Account::realm)
        .ifPresent(realm -> parameters.putIfAbsent("domain", realm));
    String name = conference.profileName();
    return new RoomProfile(name.isEmpty() ? "default" : name, parameters, sounds);
  }
}

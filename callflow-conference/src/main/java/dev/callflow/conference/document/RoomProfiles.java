package dev.callflow.conference.document;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomProfile;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes what a mixer is told about a room when it asks by itself
 * (docs/spec/mod-conference.md#delivering-a-profile).
 */
public final class RoomProfiles {

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

  /**
   * A value that names no file: a path or URL among parameters, such as {@code video-mute-banner},
   * would be one that nobody has checked.
   */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} _.,|+#=()-]{1,256}");

  /** It would give every relative name another folder. */
  private static final String PREFIX = "sound-prefix";

  private final DocumentStore store;
  private final MediaGuard guard;
  private final RoomDocuments documents;

  public RoomProfiles(DocumentStore store, MediaGuard guard, RoomDocuments documents) {
    this.store = store;
    this.guard = guard;
    this.documents = documents;
  }

  /** Whether neither the application nor a leg's variable does what a parameter says. */
  public static boolean onlyInXml(String parameter) {
    return !OURS.contains(parameter) && !BY_VARIABLES.contains(parameter);
  }

  /** Whether a parameter that names no sound may be told to a mixer. */
  public static boolean isPlain(String parameter, String value) {
    return !parameter.equals(PREFIX) && PLAIN.matcher(value).matches();
  }

  /** A room that nobody knows of has what the account's configuration says. */
  public RoomProfile of(RoomId room) {
    ConferenceDocument conference =
        documents
            .find(room)
            .orElseGet(() -> ConferenceDocument.adHoc(room.conference(), Json.object()));
    Profile profile = documents.profile(room, conference);
    Map<String, String> parameters = new TreeMap<>();
    Map<String, Media> sounds = new TreeMap<>();
    MediaReader reader = guard.reader(room.account(), store);
    profile
        .parameters()
        .forEach((key, value) -> {
          if (ConferenceMedia.isSound(key) && !OURS.contains(key)) {
            profile
                .sound(key, reader, conference.prompts().language())
                .ifPresent(media -> sounds.put(key, media));
          } else if (!OURS.contains(key) && isPlain(key, value)) {
            parameters.put(key, value);
          }
        });
    OptionalInt seats = RoomRules.seats(profile);
    if (seats.isPresent()) {
      parameters.put("max-members", String.valueOf(seats.getAsInt() + RoomRules.MIXER_MARGIN));
    }
    parameters.put("caller-controls", "none");
    parameters.put("moderator-controls", "none");
    store
        .account(room.account())
        .flatMap(Account::realm)
        .ifPresent(realm -> parameters.putIfAbsent("domain", realm));
    String name = conference.mixing().profileName();
    return new RoomProfile(name.isEmpty() ? "default" : name, parameters, sounds);
  }
}

package dev.callflow.conference.document;

import dev.callflow.conference.kept.OperatorSettings;
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
 * Builds the profiles of rooms for mixers that request them
 * (docs/spec/mod-conference.md#delivering-a-profile).
 */
public final class RoomProfiles {

  /** Parameters that the application handles itself, so the mixer must not handle them as well. */
  private static final Set<String> HANDLED_BY_APPLICATION =
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

  /** Parameters that FreeSWITCH also receives as variables of the legs. */
  private static final Set<String> SENT_AS_VARIABLES =
      Set.of("channels", "energy-level", "interval", "max-members-sound", "moh-sound", "rate");

  /**
   * Matches values that cannot be a path or a URL. A path or URL, for instance in {@code
   * video-mute-banner}, must not reach the mixer, because only the media in sound parameters are
   * checked.
   */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} _.,|+#=()-]{1,256}");

  /** The parameter that sets the folder for all relative file names; it must not be changed. */
  private static final String PREFIX = "sound-prefix";

  private final DocumentStore store;
  private final MediaGuard guard;
  private final RoomDocuments documents;

  public RoomProfiles(DocumentStore store, MediaGuard guard, RoomDocuments documents) {
    this.store = store;
    this.guard = guard;
    this.documents = documents;
  }

  /**
   * Returns whether a parameter takes effect only in a profile that the mixer requests: the
   * application does not handle it, and it is not sent as a variable of legs.
   */
  public static boolean onlyInXml(String parameter) {
    return !HANDLED_BY_APPLICATION.contains(parameter) && !SENT_AS_VARIABLES.contains(parameter);
  }

  /** Returns whether a parameter that is not a sound may be sent to a mixer. */
  public static boolean isPlain(String parameter, String value) {
    return !parameter.equals(PREFIX) && PLAIN.matcher(value).matches();
  }

  /**
   * Returns the profile of a room. If the room has no document, its profile is made only from the
   * system's and the account's configuration.
   */
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
          if (ConferenceMedia.isSound(key) && !HANDLED_BY_APPLICATION.contains(key)) {
            profile
                .sound(key, reader, conference.prompts().language())
                .ifPresent(media -> sounds.put(key, media));
          } else if (!HANDLED_BY_APPLICATION.contains(key) && isPlain(key, value)) {
            parameters.put(key, value);
          }
        });
    OptionalInt seats = RoomRules.seats(profile);
    if (seats.isPresent()) {
      parameters.put(
          "max-members", String.valueOf(OperatorSettings.mixerLimit(seats.getAsInt()).orElse(0)));
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

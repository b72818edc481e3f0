package dev.callflow.conference.document;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contents of a conference document (docs/spec/schemas.md#conferences).
 *
 * @param id the conference's id, or an ad-hoc room's name
 * @param name the conference's name, or its id if it has no name
 * @param stored whether the document is stored in the account
 * @param numbers the conference numbers that lead to the conference but do not determine the role
 * @param member the settings of the member role
 * @param moderator the settings of the moderator role
 * @param seating the settings for seats and duplicate callers
 * @param moderation the settings that depend on a moderator's presence
 * @param prompts the settings for prompts and tones
 * @param mixing the settings for the mixer
 * @param body the whole document
 */
public record ConferenceDocument(
    String id,
    String name,
    boolean stored,
    Set<String> numbers,
    Role member,
    Role moderator,
    Seating seating,
    Moderation moderation,
    Prompts prompts,
    Mixing mixing,
    ObjectNode body) {

  /**
   * The settings for seats and duplicate callers.
   *
   * @param limit the number of seats; empty for no limit
   * @param fullMedia the media played to callers when the room is full; empty for the standard
   *     prompt
   * @param moderatorExempt whether moderators need no seat and can enter a locked room
   * @param duplicates the policy for a caller who is already in the room
   */
  public record Seating(
      OptionalInt limit,
      Optional<String> fullMedia,
      boolean moderatorExempt,
      DuplicatePolicy duplicates) {}

  /**
   * The settings that depend on a moderator's presence.
   *
   * @param waitForModerator whether regular participants wait outside until a moderator is in the
   *     room
   * @param waitTimeout the maximum time to wait
   * @param requireModerator whether the room ends after its last moderator has left
   * @param grace how long the room continues after that
   */
  public record Moderation(
      boolean waitForModerator, Duration waitTimeout, boolean requireModerator, Duration grace) {}

  /**
   * The settings for the prompts and tones that callers hear when they enter and leave.
   *
   * @param language the language of prompts; empty for the switch's default
   * @param playWelcome whether callers are greeted if the callflow does not specify this; empty if
   *     not set
   * @param playName whether callers record their name
   * @param entryTone the tone that is played when a participant enters, unless the callflow
   *     specifies one
   * @param exitTone the tone that is played when a participant leaves, unless the callflow
   *     specifies one
   * @param pinTimeout how long to wait for a PIN; empty for the account's setting
   */
  public record Prompts(
      String language,
      Optional<Boolean> playWelcome,
      boolean playName,
      Tone entryTone,
      Tone exitTone,
      Optional<Duration> pinTimeout) {}

  /**
   * The settings for the mixer.
   *
   * @param baseProfileName the configured profile that the named profile extends; empty for none
   * @param profileName the name of the mixer profile; empty for the default profile
   * @param domain the domain of the room; empty for the account's realm
   * @param video whether participants join with their video enabled
   * @param autoRecord whether recording starts as soon as enough participants are in the room
   */
  public record Mixing(
      String baseProfileName,
      String profileName,
      String domain,
      boolean video,
      boolean autoRecord) {}

  private static final int DEFAULT_WAIT_SECONDS = 1800;

  /**
   * Reads a stored document. The schema's defaults apply.
   *
   * @param document the document
   * @return the contents of the document
   */
  public static ConferenceDocument stored(Document document) {
    return of(document.id(), true, document.body());
  }

  /**
   * Reads the configuration of an ad-hoc room. The schema's defaults do not apply, and private keys
   * are dropped.
   *
   * @param id the room's id or name
   * @param config the configuration
   * @return the contents of the document
   */
  public static ConferenceDocument adHoc(String id, ObjectNode config) {
    ObjectNode open = config.deepCopy();
    for (String key : config.propertyNames()) {
      if (key.startsWith("_") || key.startsWith("pvt_")) {
        open.remove(key);
      }
    }
    return of(id, false, open);
  }

  private static ConferenceDocument of(String id, boolean stored, ObjectNode body) {
    return new ConferenceDocument(
        id,
        Json.text(body, "name").orElse(id),
        stored,
        Role.numbers(body.get("conference_numbers")),
        Role.of(body, "member", stored),
        Role.of(body, "moderator", false),
        seating(body),
        moderation(body),
        prompts(body),
        mixing(body),
        body);
  }

  private static Seating seating(ObjectNode body) {
    return new Seating(
        Json.integer(body, "max_participants")
            .filter(limit -> limit > 0)
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty),
        Json.text(body, "max_members_media"),
        Json.bool(body, "moderator_exempt").orElse(false),
        DuplicatePolicy.of(Json.text(body, "duplicate_policy").orElse("allow")));
  }

  private static Moderation moderation(ObjectNode body) {
    return new Moderation(
        Json.bool(body, "wait_for_moderator").orElse(false),
        seconds(body, "wait_timeout", DEFAULT_WAIT_SECONDS),
        Json.bool(body, "require_moderator").orElse(false),
        seconds(body, "endconf_grace_time", 0));
  }

  private static Prompts prompts(ObjectNode body) {
    return new Prompts(
        Json.text(body, "language").filter(it -> it.matches("[A-Za-z0-9_-]{1,16}")).orElse(""),
        Json.bool(body, "play_welcome"),
        Json.bool(body, "play_name").orElse(false),
        Tone.of(body.get("play_entry_tone")),
        Tone.of(body.get("play_exit_tone")),
        Json.integer(body, "pin_timeout").filter(millis -> millis > 0).map(Duration::ofMillis));
  }

  private static Mixing mixing(ObjectNode body) {
    return new Mixing(
        profileName(body, "base_profile_name"),
        // In the oldest documents, "profile" is the name of a profile instead of its parameters.
        Optional.of(profileName(body, "profile_name"))
            .filter(name -> !name.isEmpty())
            .orElseGet(() -> profileName(body, "profile")),
        Json.text(body, "domain").filter(it -> it.matches("[A-Za-z0-9.:_-]{1,253}")).orElse(""),
        Json.bool(body, "video").orElse(true),
        Json.bool(body, "auto_record").orElse(false));
  }

  private static String profileName(ObjectNode body, String key) {
    return Json.text(body, key).filter(name -> name.matches("[A-Za-z0-9_.-]{1,64}")).orElse("");
  }

  private static Duration seconds(ObjectNode body, String key, int defaultSeconds) {
    return Duration.ofSeconds(
        Json.integer(body, key).filter(seconds -> seconds >= 0).orElse(defaultSeconds));
  }

  /**
   * Returns the settings of a role.
   *
   * @param moderators true for the moderator role, false for the member role
   * @return the settings
   */
  public Role role(boolean moderators) {
    return moderators ? moderator : member;
  }
}

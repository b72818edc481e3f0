package dev.callflow.conference.document;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conference as its document describes it (docs/spec/schemas.md#conferences).
 *
 * @param id the conference's id, or an ad-hoc room's name
 * @param name its name; its id if it has none
 * @param stored whether the account has stored it
 * @param numbers the conference numbers that lead to it without a role
 * @param member what members get
 * @param moderator what moderators get
 * @param seating how many may be in, and who counts
 * @param moderation what depends on a moderator being in
 * @param prompts what callers hear on their way in
 * @param mixing the room's settings in the mixer
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
   * How many may be in, and who counts.
   *
   * @param limit how many seats there are; empty for no limit
   * @param fullMedia what is played when there is none left; empty for the prompt
   * @param moderatorExempt whether moderators use no seat and pass a lock
   * @param duplicates what happens when a caller calls twice
   */
  public record Seating(
      OptionalInt limit,
      Optional<String> fullMedia,
      boolean moderatorExempt,
      DuplicatePolicy duplicates) {}

  /**
   * What depends on a moderator being in.
   *
   * @param waitForModerator whether members wait outside while no moderator is in
   * @param waitTimeout how long they wait at most
   * @param requireModerator whether the room ends without a moderator
   * @param grace how long after the last one has left
   */
  public record Moderation(
      boolean waitForModerator, Duration waitTimeout, boolean requireModerator, Duration grace) {}

  /**
   * What callers hear on their way in and out.
   *
   * @param language the language of the prompts; empty for the switch's
   * @param playWelcome whether callers are greeted, where the callflow does not say
   * @param playName whether callers say their names
   * @param entryTone what is heard when somebody enters, where the callflow does not say
   * @param exitTone what is heard when somebody leaves, where the callflow does not say
   * @param pinTimeout how long to wait for a PIN; empty for the account's
   */
  public record Prompts(
      String language,
      Optional<Boolean> playWelcome,
      boolean playName,
      Tone entryTone,
      Tone exitTone,
      Optional<Duration> pinTimeout) {}

  /**
   * The room's settings in the mixer.
   *
   * @param baseProfileName the configured profile that the named one stands on; empty for none
   * @param profileName the mixer's profile; empty for the default one
   * @param domain the domain that the room belongs to; empty for the account's
   * @param video whether video members are seen when they join
   * @param autoRecord whether the room is recorded as soon as enough are in
   */
  public record Mixing(
      String baseProfileName,
      String profileName,
      String domain,
      boolean video,
      boolean autoRecord) {}

  private static final int DEFAULT_WAIT_SECONDS = 1800;

  /**
   * Reads a stored document; the schema's defaults apply.
   *
   * @param document the document
   * @return the conference
   */
  public static ConferenceDocument stored(Document document) {
    return of(document.id(), true, document.body());
  }

  /**
   * Reads the configuration of an ad-hoc room; the schema's defaults do not apply, and private keys
   * are left out.
   *
   * @param id the room's id or name
   * @param config the configuration
   * @return the conference
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
            .filter(most -> most > 0)
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
        // The oldest documents name the profile where later ones describe it.
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

  private static Duration seconds(ObjectNode body, String key, int unlessSaid) {
    return Duration.ofSeconds(
        Json.integer(body, key).filter(seconds -> seconds >= 0).orElse(unlessSaid));
  }

  /**
   * Returns what a role gets.
   *
   * @param ofModerators whether moderators are meant, else members
   * @return the role
   */
  public Role role(boolean ofModerators) {
    return ofModerators ? moderator : member;
  }
}

package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the references to media in conference documents and elements. The keys of the result are
 * JSON pointers.
 */
public final class ConferenceMedia {

  /**
   * Values that do not refer to media: {@code true} and {@code false} for a tone, and the name of
   * FreeSWITCH's own hold music.
   */
  private static final Set<String> NO_MEDIA = Set.of("true", "false", "$${hold_music}");

  private final Map<String, String> references = new LinkedHashMap<>();

  private ConferenceMedia() {}

  public static Map<String, String> ofConference(ObjectNode body) {
    ConferenceMedia media = new ConferenceMedia();
    media.conference("", body);
    return media.references;
  }

  public static Map<String, String> ofElement(ObjectNode data) {
    ConferenceMedia media = new ConferenceMedia();
    Json.object(data, "welcome_prompt")
        .ifPresent(welcome -> media.text("/welcome_prompt", welcome, "media_id"));
    media.text("", data, "play_entry_tone");
    media.text("", data, "play_exit_tone");
    Json.object(data, "config").ifPresent(config -> media.conference("/config", config));
    return media.references;
  }

  private void conference(String place, ObjectNode body) {
    text(place, body, "max_members_media");
    text(place, body, "play_entry_tone");
    text(place, body, "play_exit_tone");
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile.propertyNames().stream()
                .filter(ConferenceMedia::isSound)
                .forEach(key -> text(place + "/profile", profile, key)));
  }

  /**
   * Returns whether a profile parameter refers to media. Older documents write the name with
   * underscores.
   */
  public static boolean isSound(String parameter) {
    return parameter.replace('_', '-').endsWith("-sound");
  }

  private void text(String place, ObjectNode object, String key) {
    Optional<String> text = Json.text(object, key).filter(it -> !NO_MEDIA.contains(it));
    text.ifPresent(
        it -> references.put(place + "/" + key.replace("~", "~0").replace("/", "~1"), it));
  }
}

package dev.callflow.conference.document;

import dev.callflow.core.document.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of a {@code conference} element (docs/spec/conference.md#data). Values that are absent
 * stay empty; no defaults are applied.
 *
 * @param id the id of a stored conference
 * @param config the configuration of a room that is not stored
 * @param moderator whether the caller is a moderator; empty if the number or PIN decides
 * @param playWelcome whether the caller is greeted
 * @param welcomeMedia the media of the greeting
 * @param entryTone the tone that is played when the caller enters
 * @param exitTone the tone that is played when the caller leaves
 */
public record ConferenceElement(
    Optional<String> id,
    Optional<ObjectNode> config,
    Optional<Boolean> moderator,
    Optional<Boolean> playWelcome,
    Optional<String> welcomeMedia,
    Tone entryTone,
    Tone exitTone) {

  private static final Set<String> NO_ID = Set.of("", "0", "NULL", "undefined");

  /**
   * Reads the data of a node.
   *
   * @param data the data
   * @return the element
   */
  public static ConferenceElement of(ObjectNode data) {
    ObjectNode welcome = Json.object(data, "welcome_prompt").orElseGet(Json::object);
    return new ConferenceElement(
        Json.text(data, "id").filter(id -> !NO_ID.contains(id)),
        Json.object(data, "config"),
        Json.bool(data, "moderator"),
        Json.bool(welcome, "play"),
        Json.text(welcome, "media_id"),
        Tone.of(data.get("play_entry_tone")),
        Tone.of(data.get("play_exit_tone")));
  }

  /**
   * Replaces the id, as {@code conference_feature} does with the text that the pattern captured.
   *
   * @param captured the id
   * @return the element with that id
   */
  public ConferenceElement withId(String captured) {
    return new ConferenceElement(
        Optional.of(captured).filter(text -> !NO_ID.contains(text)),
        config,
        moderator,
        playWelcome,
        welcomeMedia,
        entryTone,
        exitTone);
  }
}

package dev.callflow.conference.visit;

import dev.callflow.conference.document.ConferenceDocument;
import dev.callflow.conference.document.Profile;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Media;
import java.util.List;
import java.util.Optional;

/**
 * A caller and their conference, before the caller's role has been decided.
 *
 * @param caller the caller
 * @param conference the conference
 * @param profile the profile of the conference, merged with the configuration
 * @param moderatorByNumber whether the entered number makes the caller a moderator; empty if it
 *     leaves the role open
 */
public record Target(
    Caller caller,
    ConferenceDocument conference,
    Profile profile,
    Optional<Boolean> moderatorByNumber) {

  /** Returns the target for a conference that the element names or configures. */
  public static Target of(Caller caller, ConferenceDocument conference) {
    return of(caller, conference, Optional.empty());
  }

  /**
   * Returns the target for a conference found by a number, with the role that the number gives the
   * caller.
   */
  public static Target of(
      Caller caller, ConferenceDocument conference, Optional<Boolean> moderatorByNumber) {
    return new Target(
        caller, conference, Profile.of(conference, caller.settings()), moderatorByNumber);
  }

  public Call call() {
    return caller.call();
  }

  public RoomId room() {
    return new RoomId(call().account(), conference.id());
  }

  /** Returns the language of prompts; empty for the switch's default. */
  public String language() {
    String language = conference.prompts().language();
    return language.isEmpty() ? caller.language() : Caller.usable(Optional.of(language));
  }

  public Media prompt(String name) {
    return new Media.Prompt(name, language());
  }

  /** Returns a sound of the profile; empty if it has none. */
  public Optional<Media> sound(String key) {
    return profile.sound(key, caller.media(), language());
  }

  /** Returns the media that a document refers to; empty if the account may not use it. */
  public Optional<Media> media(String field, String text) {
    return caller.media().read(field, text, language());
  }

  /**
   * Returns the room's hold music, or the switch's if the room has none, so that callers never wait
   * in silence.
   */
  public Media holdMusic() {
    return sound("moh-sound").orElseGet(Media.HoldMusic::new);
  }

  public Refusal refuse(ConferenceOutcome reason, String prompt) {
    return refuse(reason, List.of(prompt(prompt)));
  }

  public Refusal refuse(ConferenceOutcome reason, List<Media> prompts) {
    return new Refusal(reason, prompts, Optional.of(conference.id()));
  }
}

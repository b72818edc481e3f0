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
 * A caller and the conference they asked for; their role is still open.
 *
 * @param caller the caller
 * @param conference the conference
 * @param profile the conference's profile, merged with the configuration
 * @param moderatorByNumber the role of the number that the caller entered; empty if it has none
 */
public record Target(
    Caller caller,
    ConferenceDocument conference,
    Profile profile,
    Optional<Boolean> moderatorByNumber) {

  public Call call() {
    return caller.call();
  }

  public RoomId room() {
    return new RoomId(call().account(), conference.id());
  }

  /** The language of prompts; empty for the switch's default. */
  public String language() {
    String language = conference.prompts().language();
    return language.isEmpty() ? caller.language() : Caller.usable(Optional.of(language));
  }

  public Media prompt(String name) {
    return new Media.Prompt(name, language());
  }

  /** A sound of the profile; empty for none. */
  public Optional<Media> sound(String key) {
    return profile.sound(key, caller.media(), language());
  }

  /** A medium that a document names; empty if the account may not hear it. */
  public Optional<Media> media(String field, String text) {
    return caller.media().read(field, text, language());
  }

  /** The room's music, else the switch's: nobody waits in silence. */
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

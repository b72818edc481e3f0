package dev.callflow.conference.visit;

import dev.callflow.conference.document.ConferenceElement;
import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.MediaReader;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A caller whose call has reached a conference element, before a conference has been found. The
 * element of a dialled leg is empty.
 *
 * @param call the call
 * @param store the store with the account's documents
 * @param media finds the media that the account may use
 * @param element the data of the element
 * @param settings the account's conference configuration, layered over the system's
 */
public record Caller(
    Call call,
    DocumentStore store,
    MediaReader media,
    ConferenceElement element,
    LayeredSettings settings) {

  private static final Duration DIGIT_TIMEOUT = Duration.ofSeconds(2);

  /** Returns how long the caller may take for each digit after the first. */
  public Duration digitTimeout() {
    return settings.millis("digit_timeout").orElse(DIGIT_TIMEOUT);
  }

  /** Returns the language of prompts; empty for the switch's default. */
  public String language() {
    return usable(
        element
            .config()
            .flatMap(config -> Json.text(config, "language"))
            .or(() -> settings.text("language")));
  }

  static String usable(Optional<String> language) {
    return language.filter(of -> of.matches("[A-Za-z0-9_-]{1,16}")).orElse("");
  }

  public Media prompt(String name) {
    return new Media.Prompt(name, language());
  }

  public Refusal refuse(ConferenceOutcome reason, String prompt) {
    return new Refusal(reason, List.of(prompt(prompt)), Optional.empty());
  }
}

package dev.callflow.conference.visit;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import java.util.List;
import java.util.Optional;

/**
 * The reason why a caller is not let in.
 *
 * @param reason the outcome, one of the refusals
 * @param prompts the media that the caller hears before the callflow continues
 * @param conference the conference; empty if none was found
 */
public record Refusal(ConferenceOutcome reason, List<Media> prompts, Optional<String> conference) {

  public Refusal {
    prompts = List.copyOf(prompts);
  }
}

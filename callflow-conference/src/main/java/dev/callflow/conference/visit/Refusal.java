package dev.callflow.conference.visit;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import java.util.List;
import java.util.Optional;

/**
 * The refusal of a caller.
 *
 * @param reason the outcome, which gives the reason for the refusal
 * @param prompts the media that the caller hears before the callflow continues
 * @param conference the conference; empty if none was found
 */
public record Refusal(ConferenceOutcome reason, List<Media> prompts, Optional<String> conference) {

  public Refusal {
    prompts = List.copyOf(prompts);
  }
}

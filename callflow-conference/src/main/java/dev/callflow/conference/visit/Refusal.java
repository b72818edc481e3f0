package dev.callflow.conference.visit;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import java.util.List;
import java.util.Optional;

/**
 * Why a caller does not get in.
 *
 * @param reason one of the refusals among the outcomes
 * @param prompts what the caller hears before the callflow goes on
 * @param conference the conference; empty if none was found
 */
public record Refusal(ConferenceOutcome reason, List<Media> prompts, Optional<String> conference) {

  public Refusal {
    prompts = List.copyOf(prompts);
  }
}

package dev.callflow.conference.admission;

import dev.callflow.conference.observe.ConferenceOutcome;
import dev.callflow.core.call.Media;
import java.util.List;

/**
 * Why a caller does not get in.
 *
 * @param reason one of the refusals among the outcomes
 * @param prompts what he hears before the flow goes on
 */
record Refusal(ConferenceOutcome reason, List<Media> prompts) {

  Refusal {
    prompts = List.copyOf(prompts);
  }
}

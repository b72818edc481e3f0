package dev.callflow.conference.admission;

import dev.callflow.conference.visit.Caller;
import dev.callflow.conference.visit.Target;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Json;
import java.util.Optional;

/** Greets the caller once, before any question (docs/spec/conference.md#welcome). */
public final class Welcome {

  /** Plays the greeting, if there is one, and returns {@code found} unchanged. */
  Optional<Target> greet(Caller caller, Optional<Target> found) {
    if (caller.element().playWelcome().or(() -> byDocument(caller, found)).orElse(true)) {
      caller.call().play(greeting(caller, found), KeyPolicy.INTERRUPT);
    }
    return found;
  }

  private static Optional<Boolean> byDocument(Caller caller, Optional<Target> found) {
    return found
        .map(target -> target.conference().prompts().playWelcome())
        .orElseGet(() -> caller.element().config().flatMap(of -> Json.bool(of, "play_welcome")));
  }

  private static Media greeting(Caller caller, Optional<Target> found) {
    String language = found.map(Target::language).orElseGet(caller::language);
    return caller
        .element()
        .welcomeMedia()
        .flatMap(text -> caller.media().read("welcome_prompt.media_id", text, language))
        .orElseGet(() -> new Media.Prompt("conf-welcome", language));
  }
}

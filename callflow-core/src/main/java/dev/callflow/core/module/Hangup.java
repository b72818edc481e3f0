package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.HangupCause;
import dev.callflow.core.document.Json;

/** {@code hangup}: hangs up, optionally with a given cause. */
final class Hangup implements BuiltIn {

  @Override
  public String name() {
    return "hangup";
  }

  @Override
  public Outcome run(ModuleContext context) {
    return new Outcome.HangUp(
        Json.text(context.data(), "cause")
            .map(HangupCause::of)
            .orElse(HangupCause.NORMAL_CLEARING));
  }
}

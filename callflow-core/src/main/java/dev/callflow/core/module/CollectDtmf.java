package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.Digits;
import dev.callflow.core.document.Json;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code collect_dtmf}: collects digits, stores them in the variable whose name is {@code dtmf_}
 * followed by the collection's name, and continues at the child whose key equals the digits, or at
 * the wildcard child.
 */
final class CollectDtmf implements BuiltIn {

  @Override
  public String name() {
    return "collect_dtmf";
  }

  @Override
  public Outcome run(ModuleContext context) {
    ObjectNode data = context.data();
    context.call().answer();
    Digits digits =
        context
            .call()
            .collect(
                null,
                Math.clamp(Json.integer(data, "max_digits").orElse(1), 1, 16),
                Duration.ofMillis(Math.max(1, Json.integer(data, "timeout").orElse(5_000))),
                Duration.ofMillis(
                    Math.max(1, Json.integer(data, "interdigit_timeout").orElse(2_000))));
    context
        .variables()
        .put("dtmf_" + Json.text(data, "collection_name").orElse("default"), digits.value());
    return new Outcome.ContinueAt(digits.value());
  }
}

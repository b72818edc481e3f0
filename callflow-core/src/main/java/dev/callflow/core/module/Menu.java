package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.Digits;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code menu}: collects digits and continues at the child whose key equals the digits.
 *
 * <p>If the caller enters nothing, continues at the child {@code timeout}, if there is one. After
 * the last failed attempt, continues at the child {@code max_retries}, or stops if there is none.
 */
final class Menu implements BuiltIn {

  @Override
  public String name() {
    return "menu";
  }

  @Override
  public Map<String, String> media(ObjectNode data) {
    return NamedMedia.of(data, "greeting", "invalid_media", "exit_media");
  }

  private record Data(
      Optional<Media> greeting,
      Optional<Media> invalid,
      Optional<Media> exit,
      int attempts,
      Duration timeout,
      Duration between,
      int maxDigits) {

    static Data of(ModuleContext context) {
      ObjectNode data = context.data();
      return new Data(
          context.media("greeting"),
          context.media("invalid_media"),
          context.media("exit_media"),
          Math.clamp(Json.integer(data, "retries").orElse(3), 1, 10),
          Duration.ofMillis(Math.max(1, Json.integer(data, "timeout").orElse(10_000))),
          Duration.ofMillis(Math.max(1, Json.integer(data, "interdigit_timeout").orElse(2_000))),
          Math.clamp(Json.integer(data, "maximum_digit_length").orElse(4), 1, 16));
    }
  }

  @Override
  public Outcome run(ModuleContext context) {
    Data data = Data.of(context);
    Call call = context.call();
    call.answer();
    for (int i = 0; i < data.attempts(); i++) {
      Digits digits =
          call.collect(
              data.greeting().orElse(null), data.maxDigits(), data.timeout(), data.between());
      if (digits.value().isEmpty()) {
        if (context.node().child("timeout").isPresent()) {
          return new Outcome.ContinueAt("timeout");
        }
      } else if (context.node().child(digits.value()).isPresent()) {
        return new Outcome.ContinueAt(digits.value());
      } else {
        data.invalid().ifPresent(media -> call.play(media, KeyPolicy.INTERRUPT));
      }
    }
    data.exit().ifPresent(media -> call.play(media, KeyPolicy.INTERRUPT));
    return context.node().child("max_retries").isPresent()
        ? new Outcome.ContinueAt("max_retries")
        : new Outcome.Stop();
  }
}

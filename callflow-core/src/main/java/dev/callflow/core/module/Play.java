package dev.callflow.core.module;

import dev.callflow.core.CallflowModule;
import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code play}: plays media; by default, answers the call first. */
final class Play implements CallflowModule {

  @Override
  public String name() {
    return "play";
  }

  @Override
  public List<Problem> check(ObjectNode data) {
    return ModuleSchema.check(name(), data);
  }

  @Override
  public Map<String, String> media(ObjectNode data) {
    return NamedMedia.of(data, "id");
  }

  private record Data(boolean answer, int times, KeyPolicy keys) {
    static Data of(ObjectNode data) {
      boolean endless = Json.bool(data, "endless_playback").orElse(false);
      return new Data(
          Json.bool(data, "answer").orElse(true),
          endless ? Integer.MAX_VALUE : Json.integer(data, "loop_count").orElse(1),
          Terminators.of(data));
    }
  }

  @Override
  public Outcome run(ModuleContext context) {
    Data data = Data.of(context.data());
    Optional<Media> media = context.media("id");
    if (media.isEmpty()) {
      return new Outcome.Continue();
    }
    if (data.answer()) {
      context.call().answer();
    }
    for (int i = 0; i < data.times(); i++) {
      PlayResult result = context.call().play(media.get(), data.keys());
      if (result != PlayResult.PLAYED) {
        break;
      }
    }
    // The key that ended the playback must not count for the next prompt.
    context.call().discardDigits();
    return new Outcome.Continue();
  }
}

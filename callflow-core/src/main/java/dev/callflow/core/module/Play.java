package dev.callflow.core.module;

import dev.callflow.core.ModuleContext;
import dev.callflow.core.Outcome;
import dev.callflow.core.call.Call;
import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.document.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code play}: plays media; by default, answers the call first. */
final class Play implements BuiltIn {

  /** A repeated playback that ends sooner than this counts as short. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** The number of short playbacks in a row after which there is at most one in each second. */
  private static final int MAX_SHORT = 10;

  @Override
  public String name() {
    return "play";
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
    playRepeatedly(context.call(), media.get(), data);
    // The key that ended the playback must not count for the next prompt.
    context.call().discardDigits();
    return new Outcome.Continue();
  }

  /**
   * Plays the media as often as configured. Media of a few milliseconds would keep FreeSWITCH and
   * this thread busy, so they are slowed down after a few repetitions.
   */
  private static void playRepeatedly(Call call, Media media, Data data) {
    int shortOnes = 0;
    for (int i = 0; i < data.times(); i++) {
      Instant started = call.time().now();
      if (call.play(media, data.keys()) != PlayResult.PLAYED) {
        return;
      }
      Duration rest = SHORT.minus(Duration.between(started, call.time().now()));
      shortOnes = rest.isPositive() ? shortOnes + 1 : 0;
      if (shortOnes >= MAX_SHORT && i + 1 < data.times()) {
        call.sleep(rest);
      }
    }
  }
}

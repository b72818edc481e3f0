package dev.callflow.api.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.callflow.conference.event.ConferenceEvent;

/**
 * The JSON of events, encoded once for all feeds and returning subscribers. It is kept no longer
 * than the event itself, and bounded. Safe for use by any thread.
 */
final class EncodedEvents {

  private static final int MAX_BYTES = 8 << 20;

  /** Weak keys are compared by identity: the same event reaches every feed. */
  private final Cache<ConferenceEvent, byte[]> encoded =
      Caffeine.newBuilder()
          .weakKeys()
          .executor(Runnable::run)
          .maximumWeight(MAX_BYTES)
          .weigher((ConferenceEvent event, byte[] json) -> json.length)
          .build();

  /** Returns the JSON in UTF-8, which must not be modified. */
  byte[] json(ConferenceEvent event) {
    return encoded.get(event, it -> EventFormat.json(it.json()));
  }
}

package dev.callflow.testkit.replay.script;

import dev.callflow.simulator.model.MediaLibrary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lengths of the media in a case. */
public record CaseMedia(Map<String, Duration> lengths, Set<String> missing)
    implements MediaLibrary {

  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final Duration OTHER = Duration.ofSeconds(3);

  @Override
  public Optional<Duration> length(String file) {
    if (missing.contains(file)) {
      return Optional.empty();
    }
    Duration given = lengths.get(file);
    if (given != null) {
      return Optional.of(given);
    }
    if (file.equals("hold_music") || file.startsWith("local_stream://")) {
      return Optional.of(ENDLESS);
    }
    return Optional.of(file.matches("[A-Za-z0-9_-]+") ? PROMPT : OTHER);
  }
}

package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.MediaLibrary;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All media that a switch can play: its library and its recordings. Guarded by the switch's lock.
 */
public final class MediaShelf {

  private final MediaLibrary library;
  private final Map<String, Duration> recorded = new HashMap<>();

  public MediaShelf(MediaLibrary library) {
    this.library = library;
  }

  /**
   * Returns the length of a file, or the total length of several files separated by {@code !}.
   * Missing files are skipped; the result is empty if all are missing.
   */
  public Optional<Duration> length(String file) {
    Optional<Duration> sum = Optional.empty();
    for (String part : file.split("!")) {
      Optional<Duration> length =
          Optional.ofNullable(recorded.get(part)).or(() -> library.length(part));
      if (length.isPresent()) {
        sum = Optional.of(sum.orElse(Duration.ZERO).plus(length.get()));
      }
    }
    return sum;
  }

  public void recorded(String path, Duration length) {
    recorded.put(path, length);
  }

  public Set<String> recordings() {
    return Set.copyOf(recorded.keySet());
  }

  public void discard(String path) {
    recorded.remove(path);
  }
}

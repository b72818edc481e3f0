package dev.callflow.simulator.channel;

import dev.callflow.simulator.model.MediaLibrary;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a switch can play: its library, and what it has recorded; used under its lock only. */
public final class MediaShelf {

  private final MediaLibrary library;
  private final Map<String, Duration> recorded = new HashMap<>();

  public MediaShelf(MediaLibrary library) {
    this.library = library;
  }

  /** The length of a file or of several with {@code !} between them; missing parts are skipped. */
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

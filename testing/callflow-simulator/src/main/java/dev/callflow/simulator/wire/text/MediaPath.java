package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the argument of {@code playback} opens.
 *
 * @param parameters what stands in {@code {…}} before the path, for whatever reads the file
 * @param path the path or address behind it
 */
public record MediaPath(List<Map.Entry<String, String>> parameters, String path) {

  /** Copies the parameters. */
  public MediaPath {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a path.
   *
   * @param text the path, with blocks of parameters before it
   * @return what it opens; empty if a block does not end
   */
  public static Optional<MediaPath> of(String text) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    String rest = text;
    while (rest.startsWith("{")) {
      Optional<Brackets> block = Brackets.read(rest, '{', '}', ',');
      if (block.isEmpty()) {
        return Optional.empty();
      }
      parameters.addAll(block.get().variables());
      rest = block.get().rest();
    }
    return Optional.of(new MediaPath(parameters, rest));
  }
}

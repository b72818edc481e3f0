package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file or stream that an argument of {@code playback} opens.
 *
 * @param parameters the parameters in {@code {…}} before the path, which control how the file is
 *     read
 * @param path the path or address after the parameters
 */
public record MediaPath(List<Map.Entry<String, String>> parameters, String path) {

  /** Copies the parameters. */
  public MediaPath {
    parameters = List.copyOf(parameters);
  }

  /**
   * Parses a path.
   *
   * @param text the path, possibly after blocks of parameters
   * @return the parsed path; empty if a block is not closed
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

package dev.callflow.api.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Splits paths. */
final class PathSegments {

  private PathSegments() {}

  /** Returns the decoded segments of a path, without empty ones. */
  static List<String> of(String path) {
    return Stream.of(path.split("/", -1))
        .map(PathSegments::decoded)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String decoded(String part) {
    try {
      // Unlike in a query, a plus in a path is not an encoded space.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}

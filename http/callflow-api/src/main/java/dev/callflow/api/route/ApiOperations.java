package dev.callflow.api.route;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All operations, found by method and path. Immutable. */
public final class ApiOperations {

  /** What a path leads to: a tree of segments, each with the operations of the path to it. */
  private static final class Branch {

    private final Map<String, Branch> named = new HashMap<>();
    private @Nullable Branch any;
    private final Map<String, ApiOperation> byVerb = new TreeMap<>();

    private Branch next(String segment) {
      if (!segment.startsWith("{")) {
        return named.computeIfAbsent(segment, it -> new Branch());
      }
      if (any == null) {
        any = new Branch();
      }
      return any;
    }
  }

  /** The result of a look-up. */
  public sealed interface Found {

    /**
     * There is an operation.
     *
     * @param operation the operation
     * @param values the values of the segments in braces, decoded
     */
    record One(ApiOperation operation, Map<String, String> values) implements Found {}

    /**
     * The path has no operation for this method.
     *
     * @param verbs the methods that it has
     * @param values the values of the segments in braces, decoded
     */
    record OtherVerbs(Set<String> verbs, Map<String, String> values) implements Found {}

    /** The path has no operation. */
    record None() implements Found {}
  }

  private final Branch root = new Branch();
  private final List<ApiOperation> all;

  /**
   * Collects operations.
   *
   * @param operations the operations
   * @throws IllegalArgumentException if two operations have the same method and path
   */
  public ApiOperations(Collection<ApiOperation> operations) {
    all = List.copyOf(operations);
    for (ApiOperation operation : all) {
      Branch branch = root;
      for (String segment : operation.segments()) {
        branch = branch.next(segment);
      }
      if (branch.byVerb.put(operation.verb(), operation) != null) {
        throw new IllegalArgumentException(
            "there are two operations for " + operation.verb() + " " + operation.path());
      }
    }
  }

  /**
   * Returns all operations.
   *
   * @return the operations, in no particular order
   */
  public List<ApiOperation> all() {
    return all;
  }

  /**
   * Finds an operation.
   *
   * @param verb the HTTP method
   * @param path the path, still percent-encoded
   * @return the operation with the values in the path, or why there is none
   */
  public Found find(String verb, String path) {
    List<String> segments = PathSegments.of(path);
    return branch(root, segments)
        .filter(found -> !found.byVerb.isEmpty())
        .map(found -> find(found, verb, segments))
        .orElseGet(Found.None::new);
  }

  /**
   * Prefers a segment with this name to one in braces, if the rest of the path leads to an
   * operation.
   */
  private static Optional<Branch> branch(Branch from, List<String> rest) {
    if (rest.isEmpty()) {
      return Optional.of(from);
    }
    List<String> others = rest.subList(1, rest.size());
    return Optional.ofNullable(from.named.get(rest.getFirst()))
        .flatMap(next -> branch(next, others))
        .filter(found -> !found.byVerb.isEmpty())
        .or(() -> Optional.ofNullable(from.any).flatMap(next -> branch(next, others)));
  }

  private static Found find(Branch branch, String verb, List<String> segments) {
    ApiOperation operation = branch.byVerb.get(verb.equals("HEAD") ? "GET" : verb);
    if (operation != null) {
      return new Found.One(operation, values(operation, segments));
    }
    Set<String> verbs = new TreeSet<>(branch.byVerb.keySet());
    if (verbs.contains("GET")) {
      verbs.add("HEAD");
    }
    return new Found.OtherVerbs(verbs, values(branch.byVerb.values().iterator().next(), segments));
  }

  private static Map<String, String> values(ApiOperation operation, List<String> segments) {
    Map<String, String> values = new HashMap<>();
    List<String> names = operation.segments();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        values.put(name.substring(1, name.length() - 1), segments.get(i));
      }
    }
    return Map.copyOf(values);
  }
}

package dev.callflow.core.document;

import dev.callflow.core.pattern.NumberPattern;
import dev.callflow.core.pattern.PatternIndex;
import dev.callflow.core.time.OneLine;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The patterns of an account's callflows. Immutable. */
final class CallflowPatterns {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowPatterns.class);

  /** The approximate memory that a compiled pattern takes. */
  private static final int BYTES_PER_PATTERN = 2_000;

  private static final int BYTES_PER_ACCOUNT = 1_000;

  /** Weak, because most documents have no patterns, and the store may have dropped them. */
  private final WeakReference<List<Document>> documents;

  private final PatternIndex<Document> index;
  private final Map<String, NumberPattern> compiled;
  private final long memory;
  private final boolean current;

  private CallflowPatterns(
      WeakReference<List<Document>> documents,
      PatternIndex<Document> index,
      Map<String, NumberPattern> compiled,
      long memory,
      boolean current) {
    this.documents = documents;
    this.index = index;
    this.compiled = compiled;
    this.memory = memory;
    this.current = current;
  }

  /**
   * Reads the patterns of documents, which must be in ascending order of their ids.
   *
   * @param before the patterns that were read before; compiled patterns are used again
   */
  static CallflowPatterns of(List<Document> documents, @Nullable CallflowPatterns before) {
    // A store may return the same list as long as no callflow changes.
    if (before != null && before.documents.refersTo(documents)) {
      return new CallflowPatterns(
          before.documents, before.index, before.compiled, before.memory, true);
    }
    Map<String, NumberPattern> known = before == null ? Map.of() : before.compiled;
    Map<String, NumberPattern> compiled = new HashMap<>();
    List<PatternIndex.Rule<Document>> rules = new ArrayList<>();
    long memory = BYTES_PER_ACCOUNT;
    for (Document document : documents) {
      List<String> patterns = CallflowParser.patterns(document.body());
      for (String text : patterns) {
        try {
          NumberPattern pattern =
              known.containsKey(text) ? known.get(text) : NumberPattern.of(text);
          compiled.put(text, pattern);
          rules.add(new PatternIndex.Rule<>(pattern, document));
          memory += BYTES_PER_PATTERN;
        } catch (PatternSyntaxException e) {
          LOG.warn(
              "{}: ignoring a pattern that is not a valid regular expression: {}",
              OneLine.of(document.source()),
              OneLine.of(e.getDescription()));
        }
      }
      if (!patterns.isEmpty()) {
        memory += Document.Size.of(document.body()).memory();
      }
    }
    return new CallflowPatterns(
        new WeakReference<>(documents), PatternIndex.of(rules), compiled, memory, true);
  }

  /** Returns the same patterns, marked as no longer current. */
  CallflowPatterns outdated() {
    return new CallflowPatterns(documents, index, compiled, memory, false);
  }

  boolean isCurrent() {
    return current;
  }

  PatternIndex<Document> index() {
    return index;
  }

  /** Returns the approximate size in memory, in bytes. */
  int memory() {
    return (int) Math.min(memory, Integer.MAX_VALUE);
  }
}

package dev.callflow.core.document;

import dev.callflow.core.pattern.CompiledPatterns;
import dev.callflow.core.pattern.PatternIndex;
import dev.callflow.core.time.OneLine;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The patterns of an account's callflows, with the ids of the callflows. Immutable. */
final class CallflowPatterns {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowPatterns.class);

  /** The approximate memory that a pattern takes: its text, and its entries in the index. */
  private static final int BYTES_PER_PATTERN = 600;

  private static final int BYTES_PER_ACCOUNT = 1_000;

  /** Weak, because most documents have no patterns, and the store may have dropped them. */
  private final WeakReference<List<Document>> documents;

  private final PatternIndex<String> index;
  private final boolean current;

  private CallflowPatterns(
      WeakReference<List<Document>> documents, PatternIndex<String> index, boolean current) {
    this.documents = documents;
    this.index = index;
    this.current = current;
  }

  /**
   * Reads the patterns of documents, which must be in ascending order of their ids.
   *
   * @param before the patterns that were read before; patterns in it are not examined again
   */
  static CallflowPatterns of(
      List<Document> documents, @Nullable CallflowPatterns before, CompiledPatterns compiled) {
    // A store may return the same list as long as no callflow changes.
    if (before != null && before.documents.refersTo(documents)) {
      return new CallflowPatterns(before.documents, before.index, true);
    }
    PatternIndex.Builder<String> index =
        new PatternIndex.Builder<>(Optional.ofNullable(before).map(it -> it.index), compiled);
    for (Document document : documents) {
      for (String pattern : CallflowParser.patterns(document.body())) {
        try {
          index.add(pattern, document.id());
        } catch (PatternSyntaxException e) {
          LOG.warn(
              "{}: ignoring a pattern that is not a valid regular expression: {}",
              OneLine.of(document.source()),
              OneLine.of(e.getDescription()));
        }
      }
    }
    return new CallflowPatterns(new WeakReference<>(documents), index.build(), true);
  }

  /** Returns the same patterns, marked as no longer current. */
  CallflowPatterns outdated() {
    return new CallflowPatterns(documents, index, false);
  }

  boolean isCurrent() {
    return current;
  }

  PatternIndex<String> index() {
    return index;
  }

  /** Returns the approximate size in memory, in bytes. */
  int memory() {
    long memory = BYTES_PER_ACCOUNT + (long) BYTES_PER_PATTERN * index.size();
    return (int) Math.min(memory, Integer.MAX_VALUE);
  }
}

package dev.callflow.core.document;

import dev.callflow.core.pattern.CompiledPatterns;
import dev.callflow.core.pattern.PatternIndex;
import dev.callflow.core.time.OneLine;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The patterns of an account's callflows, with the ids of the callflows, as they were read at one
 * time. When they are read again, the index is shared, and changed where callflows have changed.
 */
final class CallflowPatterns {

  private static final Logger LOG = LoggerFactory.getLogger(CallflowPatterns.class);

  /** The approximate memory that a pattern takes: its text, and its entries in the index. */
  private static final int BYTES_PER_PATTERN = 600;

  private static final int BYTES_PER_ACCOUNT = 2_000;

  /** Weak, because most documents have no patterns, and the store may have dropped them. */
  private final WeakReference<List<Document>> documents;

  private final PatternIndex index;
  private final boolean current;

  private CallflowPatterns(
      WeakReference<List<Document>> documents, PatternIndex index, boolean current) {
    this.documents = documents;
    this.index = index;
    this.current = current;
  }

  /** Reads the patterns of documents, which must be in ascending order of their ids. */
  static CallflowPatterns of(List<Document> documents, CompiledPatterns compiled) {
    return changed(new PatternIndex(compiled), List.of(), documents);
  }

  /**
   * Reads the patterns again. Must not be called more than once for the same patterns.
   *
   * @param now the documents, in ascending order of their ids
   */
  CallflowPatterns readAgain(List<Document> now, CompiledPatterns compiled) {
    List<Document> before = documents.get();
    return before == null ? of(now, compiled) : changed(index, before, now);
  }

  private static CallflowPatterns changed(
      PatternIndex index, List<Document> before, List<Document> now) {
    // A store may return the same list as long as no callflow changes.
    if (before != now) {
      compare(index, before, now);
    }
    return new CallflowPatterns(new WeakReference<>(now), index, true);
  }

  private static void compare(PatternIndex index, List<Document> before, List<Document> now) {
    int old = 0;
    for (Document document : now) {
      while (old < before.size() && before.get(old).id().compareTo(document.id()) < 0) {
        change(index, before.get(old), null);
        old++;
      }
      if (old < before.size() && before.get(old).id().equals(document.id())) {
        change(index, before.get(old), document);
        old++;
      } else {
        change(index, null, document);
      }
    }
    before.subList(old, before.size()).forEach(gone -> change(index, gone, null));
  }

  /** Adds before it removes, so that a search finds the old patterns or the new ones. */
  private static void change(
      PatternIndex index, @Nullable Document before, @Nullable Document now) {
    if (before == now || before != null && before.equals(now)) {
      return;
    }
    Set<String> old = patterns(before);
    Set<String> current = patterns(now);
    if (now != null) {
      current.stream()
          .filter(pattern -> !old.contains(pattern))
          .forEach(pattern -> add(index, pattern, now));
    }
    if (before != null) {
      old.stream()
          .filter(pattern -> !current.contains(pattern))
          .forEach(pattern -> index.remove(pattern, before.id()));
    }
  }

  private static Set<String> patterns(@Nullable Document document) {
    return document == null
        ? Set.of()
        : new LinkedHashSet<>(CallflowParser.patterns(document.body()));
  }

  private static void add(PatternIndex index, String pattern, Document document) {
    try {
      index.add(pattern, document.id());
    } catch (PatternSyntaxException e) {
      LOG.warn(
          "{}: ignoring a pattern that is not a valid regular expression: {}",
          OneLine.of(document.source()),
          OneLine.of(e.getDescription()));
    }
  }

  /** Returns the same patterns, marked as no longer current. */
  CallflowPatterns outdated() {
    return new CallflowPatterns(documents, index, false);
  }

  boolean isCurrent() {
    return current;
  }

  PatternIndex index() {
    return index;
  }

  /** Returns the approximate size in memory, in bytes. */
  int memory() {
    long memory = BYTES_PER_ACCOUNT + (long) BYTES_PER_PATTERN * index.size();
    return (int) Math.min(memory, Integer.MAX_VALUE);
  }
}

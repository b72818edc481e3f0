package dev.callflow.core.pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * The patterns that were used last, compiled. Compiled patterns take much more memory than their
 * text, so not all of them are kept. Safe for use by any thread.
 */
public final class CompiledPatterns {

  private static final int MAX = 10_000;

  private final Cache<String, NumberPattern> patterns =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MAX).build();

  /** Creates an empty cache. */
  public CompiledPatterns() {}

  /**
   * Returns a pattern, and compiles it if necessary.
   *
   * @throws java.util.regex.PatternSyntaxException if the regular expression is invalid
   */
  NumberPattern of(String text) {
    return patterns.get(text, NumberPattern::of);
  }
}

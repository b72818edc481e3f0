package dev.callflow.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Texts contain the same digits and decimal points in every locale. {@code formatted} uses the
 * default locale, in which a number can have other ones: {@code "%d".formatted(5)} is "٥" in an
 * Arabic locale, also in a command to FreeSWITCH.
 */
class NumberFormatTests {

  /** A call of {@code formatted} on a string literal, or on several joined by {@code +}. */
  private static final Pattern FORMATTED =
      Pattern.compile(
          "(?s)((?:\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*+\")"
              + "(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*+\")*+)\\)?\\s*\\.formatted\\(");

  private static final Pattern NUMBER = Pattern.compile("%[-#+ 0,(]*\\d*(?:\\.\\d+)?[dfeg]");

  private static List<String> withoutLocale(String source) {
    List<String> found = new ArrayList<>();
    Matcher call = FORMATTED.matcher(source);
    while (call.find()) {
      if (NUMBER.matcher(call.group(1)).find()) {
        found.add(call.group(1));
      }
    }
    return found;
  }

  @Test
  void numbersAreFormattedInTheRootLocale() {
    List<String> found = new ArrayList<>();
    for (Path file : Repository.files(".java")) {
      String name = Repository.ROOT.relativize(file).toString();
      if (name.contains("src/main") && !name.startsWith("testing/benchmarks")) {
        withoutLocale(Repository.read(file)).forEach(text -> found.add(name + ": " + text));
      }
    }
    assertThat(found).as("formats of numbers without Locale.ROOT").isEmpty();
  }

  @Test
  void theRuleFindsSuchCalls() {
    assertThat(withoutLocale("return \"%s lasts %.1f s\".formatted(name, length);")).hasSize(1);
    assertThat(withoutLocale("fail(\"line %d\" + \" of %s\"\n    .formatted(line, name));"))
        .hasSize(1);
    assertThat(withoutLocale("return \"%s\".formatted(name);")).isEmpty();
    assertThat(withoutLocale("return String.format(Locale.ROOT, \"%d\", length);")).isEmpty();
  }
}

package dev.callflow.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The words and phrases in {@code unwanted-words.txt} do not occur in anything that people read.
 */
class LanguageTests {

  /** An unwanted phrase, and what to write instead. */
  private record Unwanted(Pattern phrase, String instead) {}

  private static final List<Unwanted> UNWANTED = new ArrayList<>();

  @BeforeAll
  static void readsTheList() throws IOException {
    try (InputStream list = LanguageTests.class.getResourceAsStream("unwanted-words.txt")) {
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*=>\\s*", 2))
          .map(parts -> new Unwanted(Pattern.compile(parts[0]), parts[1]))
          .forEach(UNWANTED::add);
    }
  }

  @Test
  void noTextContainsAnUnwantedPhrase() {
    List<String> found = new ArrayList<>();
    for (Path file : Repository.files(".java", ".md", ".case.json")) {
      if (file.endsWith("LanguageTests.java")) {
        continue;
      }
      for (Prose prose : Prose.of(file)) {
        for (Unwanted unwanted : UNWANTED) {
          Matcher match = unwanted.phrase().matcher(prose.text());
          if (match.find()) {
            found.add(
                prose.place()
                    + ": \""
                    + around(prose.text(), match)
                    + "\"; write: "
                    + unwanted.instead());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theListFindsThePhrasesThatItNames() {
    assertThat(UNWANTED).isNotEmpty();
    assertThat("Whoever is kicked cannot come back.")
        .matches(text -> UNWANTED.stream().anyMatch(it -> it.phrase().matcher(text).find()));
  }

  private static String around(String text, Matcher match) {
    return text.substring(
        Math.max(0, match.start() - 20), Math.min(text.length(), match.end() + 30));
  }
}

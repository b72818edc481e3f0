package dev.callflow.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * References in code and documents lead to pages that exist, and to headings that exist on those
 * pages.
 */
class ReferencesTests {

  private static final Pattern REFERENCE =
      Pattern.compile("docs/((?:spec/|adr/)?[\\w-]+\\.md)(?:#([\\w-]+))?");

  /** Matches references to documents that are not in the repository. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\b(?:spec|protocol|design)(?:ification)?,? (?:section )?\\d+(?:\\.\\d+)?\\b"
              + "|trace facts|seed documents?|\\(section \\d");

  @Test
  void everyLinkOfAPageLeadsToAFileAndAHeading() {
    List<String> broken = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      MarkdownPage page = MarkdownPage.read(file);
      for (String link : page.links()) {
        String missing = page.missing(link);
        if (!missing.isEmpty()) {
          broken.add(Repository.name(file) + ": (" + link + "): " + missing);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyReferenceToAPageOfDocsLeadsToAFileAndAHeading() {
    List<String> broken = new ArrayList<>();
    for (Path file : Repository.files(".java", ".md", ".json", ".xml", ".html", ".sql")) {
      for (MatchResult found : REFERENCE.matcher(Repository.read(file)).results().toList()) {
        Path page = Repository.ROOT.resolve("docs").resolve(found.group(1));
        if (!Files.exists(page)
            || found.group(2) != null
                && !MarkdownPage.read(page).anchors().contains(found.group(2))) {
          broken.add(Repository.name(file) + ": " + found.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void nothingRefersToATextOutsideTheRepository() {
    List<String> outside = new ArrayList<>();
    for (Path file : Repository.files(".java", ".md", ".json", ".xml", ".html", ".sql")) {
      if (file.endsWith("ReferencesTests.java")) {
        continue;
      }
      for (MatchResult found : OUTSIDE.matcher(Repository.read(file)).results().toList()) {
        outside.add(Repository.name(file) + ": " + found.group());
      }
    }
    assertThat(outside).isEmpty();
  }
}

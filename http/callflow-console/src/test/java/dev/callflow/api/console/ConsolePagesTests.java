package dev.callflow.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.page.Page;
import dev.callflow.api.page.Pages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsolePagesTests {

  /** What turns text into markup or code, or a page's markup into behaviour. */
  private static final Pattern DANGEROUS =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\\.write|DOMParser|createContextualFragment|\\beval\\b|new"
              + " Function|setAttribute\\(\"on|srcdoc|javascript:"
              + "|localStorage|sessionStorage|indexedDB|document\\.cookie|window\\.open|postMessage");

  private final Map<String, Page> pages = new ConsolePages().pages();

  private Map<String, String> texts(String extension) {
    Map<String, String> texts = new TreeMap<>();
    pages.forEach((path, page) -> {
      if (path.endsWith(extension)) {
        texts.put(path, new String(page.body(), StandardCharsets.UTF_8));
      }
    });
    return texts;
  }

  @Test
  void theConsoleIsFoundByTheServer() {
    Pages all = new Pages();
    assertThat(all.roots()).contains("/console");
    assertThat(all.find("/console/"))
        .hasValueSatisfying(page -> {
          assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
          assertThat(page.headers())
              .containsEntry("X-Content-Type-Options", "nosniff")
              .containsEntry("Referrer-Policy", "no-referrer");
        });
    assertThat(all.find("/console/main.js")).isPresent();
  }

  @Test
  void theConsoleCanBeLeftOut() {
    Pages without = new Pages("", Set.of(Pages.CONSOLE));
    assertThat(without.roots()).doesNotContain("/console");
    assertThat(without.find("/console/")).isEmpty();
    assertThat(without.find("/console/main.js")).isEmpty();
    assertThat(without.find("/openapi")).isPresent();
  }

  @Test
  void onlyFilesOfThePageAreLoadedAndNoOtherPageShowsIt() {
    assertThat(pages.values())
        .allSatisfy(page ->
            assertThat(page.policy())
                .isEqualTo(
                    "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none';"
                        + " frame-ancestors 'none'"));
  }

  @Test
  void thePageHasNeitherScriptsNorStylesInItsText() {
    String html = new String(pages.get("/console/").body(), StandardCharsets.UTF_8);
    assertThat(html)
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContain("<style", "style=", "http:", "https:");
  }

  @Test
  void noScriptTurnsTextIntoMarkupOrKeepsAnything() {
    assertThat(texts(".js"))
        .isNotEmpty()
        .allSatisfy((path, text) -> assertThat(text).as(path).doesNotContainPattern(DANGEROUS));
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(texts(".css"))
        .allSatisfy(
            (path, text) -> assertThat(text).as(path).doesNotContain("url(", "@import", "http"));
    assertThat(texts(".js"))
        .allSatisfy((path, text) ->
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                .as(path)
                .doesNotContain("http://", "https://", "ws://", "wss://"));
  }

  @Test
  void everythingThatIsImportedOrLinkedIsServed() {
    Pattern imported = Pattern.compile("(?:from|import) \"\\./([^\"]+)\"");
    Pattern linked = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    Stream<String> imports = texts(".js").values().stream().flatMap(text -> groups(imported, text));
    Stream<String> links =
        groups(linked, new String(pages.get("/console/").body(), StandardCharsets.UTF_8));
    List<String> needed = Stream.concat(imports, links).distinct().toList();
    assertThat(needed).hasSizeGreaterThan(20).contains("main.js", "theme.css", "room.js");
    assertThat(pages.keySet())
        .containsAll(needed.stream().map(name -> "/console/" + name).toList());
  }

  @Test
  void everyFileOfTheFolderIsServed() throws IOException, URISyntaxException {
    Path folder = Path.of(ConsolePages.class.getResource("files").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> present =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("files") && !name.endsWith(".class"))
              .map(name -> "/console/" + name)
              .collect(Collectors.toCollection(TreeSet::new));
      present.add("/console/");
      assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(present);
    }
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
  }
}

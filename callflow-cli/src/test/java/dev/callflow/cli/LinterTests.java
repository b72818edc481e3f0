package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.cli.lint.Finding;
import dev.callflow.cli.lint.LintFormat;
import dev.callflow.host.DocumentChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinterTests {

  private final Linter linter = new Linter(new DocumentChecks());

  @TempDir private Path folder;

  private List<String> check(String text) {
    return linter.check(Path.of("x.json"), text).stream().map(Finding::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"foo\":1}|is neither a callflow nor a conference; other documents must be in a folder"
            + " called devices, users or media",
        "{}|is neither a callflow nor a conference; other documents must be in a folder called"
            + " devices, users or media",
        "{\"case\":\"x\",\"calls\":{}}|is a case, not a document; run it with ./callflow replay",
        "[1]|is not a JSON object",
        "{\"a\":|is not valid JSON: line 1, column 6"
      })
  void whatIsNoDocumentIsNamedWithoutAPointer(String text, String message) {
    assertThat(check(text)).containsExactly("x.json: " + message);
  }

  @Test
  void aDocumentIsRecognisedEvenIfItsKeysAreMisspelt() {
    assertThat(check("{\"nubmers\":[\"1\"],\"flwo\":{}}"))
        .contains("x.json: missing property \"flow\"; calls to the callflow are hung up");
    assertThat(check("{\"name\":\"x\",\"memebr\":{\"join_muted\":false}}"))
        .contains(
            "x.json: /memebr: unknown key, so the settings of the member role are lost; did you"
                + " mean \"member\"?");
    assertThat(check("{\"name\":\"Board\"}"))
        .singleElement()
        .asString()
        .startsWith("x.json: /member/join_muted: warning: ");
  }

  @Test
  void anIdOfAnotherLengthIsOnlyAWarning() {
    assertThat(
            check(
                "{\"numbers\":[\"1\"],\"flow\":{\"module\":\"conference\",\"data\":{\"id\":\"w1\"}}}"))
        .containsExactly(
            "x.json: /flow/data/id: warning: does not have 32 characters, as Kazoo's ids have");
  }

  @Test
  void aPlaceWithAProblemHasNoWarningAsWell() {
    assertThat(check("{\"name\":\"x\",\"member\":{\"join_muted\":\"yes\"}}"))
        .containsExactly("x.json: /member/join_muted: must be of type boolean");
  }

  @Test
  void theFolderOfADocumentTellsItsType() throws IOException {
    Path devices = Files.createDirectories(folder.resolve("devices"));
    Path device = Files.writeString(devices.resolve("a.json"), "{\"sip\":{}}");
    assertThat(linter.check(device)).isEmpty();
    Path conferences = Files.createDirectories(folder.resolve("conferences"));
    Path conference = Files.writeString(conferences.resolve("a.json"), "{\"foo\":1}");
    assertThat(linter.check(conference))
        .extracting(Finding::toString)
        .contains(conference + ": missing required property \"name\"");
  }

  @Test
  void theDocumentsOfAnyFolderAreCheckedExceptCases() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("b/c"));
    Files.writeString(folder.resolve("z.json"), "{\"foo\":1}");
    Files.writeString(deep.resolve("a.json"), "[]");
    Files.writeString(folder.resolve("x.case.json"), "[]");
    Files.writeString(folder.resolve("readme.md"), "[]");
    assertThat(linter.check(folder))
        .extracting(Finding::file)
        .containsExactly(deep.resolve("a.json"), folder.resolve("z.json"));
  }

  @Test
  void filesThatCannotBeReadAreExplained() throws IOException {
    assertThatThrownBy(() -> linter.check(folder))
        .hasMessage("contains no documents, that is, files whose names end in .json");
    assertThatThrownBy(() -> linter.check(folder.resolve("nosuch"))).hasMessage("does not exist");
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', (byte) 0xfc, '}'});
    assertThatThrownBy(() -> linter.check(latin))
        .hasMessage("cannot be read: it is not encoded in UTF-8");
  }

  // ---- formats

  private static final String TWO_LINES =
      """
      {"numbers":["1"],
       "flow":{"module":"menue",
               "data":{},"line\\nfeed":1}}
      """;

  @Test
  void textIsOneLineForEachFinding() {
    assertThat(LintFormat.TEXT.lines(linter.check(Path.of("a\nb.json"), TWO_LINES)))
        .containsExactly(
            "a?b.json: /flow/line?feed: warning: unknown key, which has no effect",
            "a?b.json: /flow/module: warning: unknown module \"menue\"; the call continues at the"
                + " wildcard child; did you mean \"menu\"?");
  }

  @Test
  void jsonIsAnArrayOfObjects() {
    assertThat(LintFormat.JSON.lines(linter.check(Path.of("a.json"), TWO_LINES)))
        .containsExactly(
            """
            [{"file":"a.json","line":3,"pointer":"/flow/line\\nfeed","severity":"warning",\
            "message":"unknown key, which has no effect"},
             {"file":"a.json","line":2,"pointer":"/flow/module","severity":"warning",\
            "message":"unknown module \\"menue\\"; the call continues at the wildcard child; did\
             you mean \\"menu\\"?"}]\
            """);
    assertThat(LintFormat.JSON.lines(List.of())).containsExactly("[]");
  }

  @Test
  void githubFormatIsAnAnnotationForEachFinding() {
    assertThat(LintFormat.GITHUB.lines(linter.check(Path.of("a,b:c.json"), TWO_LINES)))
        .containsExactly(
            "::warning file=a%2Cb%3Ac.json,line=3,title=callflow lint::/flow/line%0Afeed: unknown"
                + " key, which has no effect",
            "::warning file=a%2Cb%3Ac.json,line=2,title=callflow lint::/flow/module: unknown module"
                + " \"menue\"; the call continues at the wildcard child; did you mean \"menu\"?");
    assertThat(LintFormat.GITHUB.lines(linter.check(Path.of("a.json"), "{\n\n\"a\":,}")))
        .containsExactly(
            "::error file=a.json,line=3,title=callflow lint::is not valid JSON: line 3, column 5");
  }

  @Test
  void aMissingPlaceIsOnTheLineOfItsObject() {
    assertThat(linter.check(Path.of("a.json"), "{\"name\":\"x\",\n\"member\":\n{}}"))
        .extracting(Finding::line)
        .containsExactly(2);
  }
}

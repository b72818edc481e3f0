package dev.callflow.cli.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.command.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InstallPromptsTests {

  @TempDir private Path sounds;

  private String install(String... options) {
    StringWriter printed = new StringWriter();
    CommandLine line =
        new CommandLine(new PromptsCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setDefaultValueProvider(new Settings(Map.of()))
            .setOut(new PrintWriter(printed));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "install";
    arguments[1] = sounds.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    assertThat(line.execute(arguments)).isZero();
    return printed.toString();
  }

  private Path english(String file) {
    return sounds.resolve("en/us/callie/conference").resolve(file);
  }

  private Path existing(String file) throws IOException {
    Path path = english(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "a recording of somebody");
  }

  @Test
  void thePromptsAreWhereFreeSwitchLooksForThem() throws IOException {
    assertThat(install())
        .isEqualTo(
            english("8000") + ": prompts written: 13, unchanged: 0" + System.lineSeparator());
    assertThat(english("8000/conf-bad_pin.wav"))
        .hasBinaryContent(PromptLanguage.EN.wav("conf-bad_pin"));
    assertThat(english("8000")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void anotherLanguageIsInAFolderOfItsOwn() throws IOException {
    install("--language", "de");
    assertThat(sounds.resolve("de/de/callflow/conference/8000/conf-welcome.wav"))
        .hasBinaryContent(PromptLanguage.DE.wav("conf-welcome"));
    assertThat(sounds.resolve("en")).doesNotExist();
  }

  @Test
  void theVoiceMayBeAnother() {
    install("--voice", "en/us/allison");
    assertThat(sounds.resolve("en/us/allison/conference/8000/conf-bad_pin.wav")).exists();
  }

  @Test
  void filesThatAreThereAreNotWrittenAgain() {
    install();
    assertThat(install()).contains(": prompts written: 0, unchanged: 13");
  }

  @Test
  void aFileOfAnOlderVersionIsReplaced() throws IOException {
    install();
    Files.write(english("8000/conf-bad_pin.wav"), PromptLanguage.EN.wav("conf-bad_conf"));
    assertThat(install()).contains(": prompts written: 1, unchanged: 12");
    assertThat(english("8000/conf-bad_pin.wav"))
        .hasBinaryContent(PromptLanguage.EN.wav("conf-bad_pin"));
  }

  @Test
  void aFileOfSomebodyElseIsKeptUnlessForced() throws IOException {
    Path recording = existing("8000/conf-bad_pin.wav");
    assertThat(install())
        .contains("prompts written: 12,")
        .contains("kept because they are others' (--force replaces them): conf-bad_pin");
    assertThat(recording).hasContent("a recording of somebody");

    assertThat(install("--force")).contains("prompts written: 1,").doesNotContain("kept");
    assertThat(recording).hasBinaryContent(PromptLanguage.EN.wav("conf-bad_pin"));
  }

  @Test
  void aFileOfSomebodyElseInAnotherRateIsNotHiddenByOurs() throws IOException {
    existing("16000/conf-deaf.wav");
    existing("conf-denied.wav");
    assertThat(install()).contains("replaces them): conf-deaf, conf-denied");
    assertThat(english("8000/conf-deaf.wav")).doesNotExist();
  }
}

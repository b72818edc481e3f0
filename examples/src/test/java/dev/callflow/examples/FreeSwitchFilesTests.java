package dev.callflow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the files that users copy into FreeSWITCH's configuration. */
class FreeSwitchFilesTests {

  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("freeswitch"))) {
      return all.filter(file -> file.toString().endsWith(".xml")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isXml(Path file) throws Exception {
    assertThat(
            DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile()))
        .isNotNull();
  }

  /**
   * FreeSWITCH executes preprocessor instructions even in comments, and then does not find the end
   * of the comment.
   */
  @ParameterizedTest
  @MethodSource("files")
  void hasNoPreprocessorInstructionInAComment(Path file) throws IOException {
    assertThat(COMMENT.matcher(Files.readString(file)).results().map(MatchResult::group))
        .noneMatch(comment -> comment.contains("X-PRE-PROCESS"));
  }
}

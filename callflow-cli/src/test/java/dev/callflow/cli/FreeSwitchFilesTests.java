package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests the files that users copy into FreeSWITCH's configuration. */
class FreeSwitchFilesTests {

  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("../examples/freeswitch"))) {
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

  /**
   * FreeSWITCH can run the next action although the channel is about to be hung up. An action that
   * reads or writes audio then ends at once.
   */
  @Test
  void theDialplanPausesWithoutAudioBeforeItTriesTheHostAgain() throws Exception {
    NodeList all =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("../examples/freeswitch/dialplan/callflow.xml").toFile())
            .getElementsByTagName("action");
    List<String> actions =
        IntStream.range(0, all.getLength())
            .mapToObj(i -> (Element) all.item(i))
            .map(it -> it.getAttribute("application") + " " + it.getAttribute("data"))
            .toList();
    int handOver = actions.indexOf("socket 127.0.0.1:8084 async full");

    assertThat(actions.subList(handOver, handOver + 3))
        .containsExactly(
            "socket 127.0.0.1:8084 async full",
            "set retry_pause=${msleep(200)}",
            "socket 127.0.0.1:8084 async full");
  }
}

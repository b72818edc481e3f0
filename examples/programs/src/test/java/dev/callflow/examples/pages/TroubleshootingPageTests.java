package dev.callflow.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.cli.command.NetworkErrors;
import dev.callflow.esl.error.EslAuthenticationException;
import dev.callflow.esl.error.EslConnectException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that users compare with the troubleshooting page are those that Callflow writes. */
class TroubleshootingPageTests {

  private static final String LEFT_OUT = "…";

  /** Two string literals that are joined by a plus sign. */
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

  private static final InetSocketAddress PLACE = new InetSocketAddress("127.0.0.1", 8021);

  /** Messages that are put together from several parts. */
  private static final List<String> COMPOSED =
      List.of(
          NetworkErrors.cannotListen(
              "listen for calls", PLACE, "--listen", new BindException("Address already in use")),
          NetworkErrors.cannotConnect(
              PLACE,
              Optional.of(new EslConnectException("could not connect: Connection refused", null))),
          NetworkErrors.cannotConnect(
              PLACE,
              Optional.of(new EslAuthenticationException("[x] FreeSWITCH refused the password"))),
          NetworkErrors.cannotConnect(
              PLACE,
              Optional.of(new EslAuthenticationException("[x] FreeSWITCH refused our address"))));

  @Test
  void everyMessageIsOneOfCallflow() throws IOException {
    String code = JOINED.matcher(mainSources()).replaceAll("");
    List<String> messages =
        Page.read("docs/troubleshooting.md").blocks("log").stream()
            .flatMap(block -> block.text().lines())
            .toList();

    assertThat(messages)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            message -> assertThat(isComposed(message) || isIn(code, message)).as(message).isTrue());
  }

  private static boolean isComposed(String message) {
    String regex =
        Stream.of(message.split(LEFT_OUT))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*", "", "\\.?"));
    return COMPOSED.stream().anyMatch(composed -> composed.matches(regex));
  }

  /** Each part of the message is in a string of the code. */
  private static boolean isIn(String code, String message) {
    return Stream.of(message.split(LEFT_OUT))
        .map(String::strip)
        .filter(part -> part.length() > 1)
        .allMatch(code::contains);
  }

  private static String mainSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Page.ROOT)) {
      for (Path file :
          files
              .filter(it -> it.toString().contains("/src/main/java/"))
              .filter(it -> it.toString().endsWith(".java"))
              .toList()) {
        sources.append(Files.readString(file));
      }
    }
    return sources.toString();
  }
}

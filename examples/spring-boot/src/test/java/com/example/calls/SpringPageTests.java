package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets in docs/spring.md are those of this application. */
class SpringPageTests {

  private static final String CALLS = "calls/accounts/acme/";
  private static final String SOURCES = "src/main/java/com/example/calls/";
  private static final String TESTS = "src/test/java/com/example/calls/";

  @Test
  void thePageShowsTheApplicationItsPropertiesItsDocumentsAndItsTest() throws IOException {
    List<String> snippets =
        Pattern.compile("```(?:java|yaml|json)\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/spring.md")))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(snippets)
        .startsWith(
            file("src/main/resources/application.yaml"),
            file(SOURCES + "CallsApplication.java"),
            file(CALLS + "callflows/staff.json"),
            file(CALLS + "conferences/b0a4d000000000000000000000000001.json"),
            file(TESTS + "CallsTests.java"));
  }

  private static String file(String path) throws IOException {
    return Files.readString(Path.of(path));
  }
}

package dev.callflow.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets in docs/spring.md are those of this application. */
class SpringPageTests {

  private static final String SOURCES = "src/main/java/dev/callflow/examples/spring/";
  private static final String TESTS = "src/test/java/dev/callflow/examples/spring/";

  @Test
  void thePageShowsTheApplicationItsPropertiesItsDocumentAndItsTest() throws IOException {
    List<String> snippets =
        Pattern.compile("```(?:java|yaml|json)\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/spring.md")))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(snippets.get(0))
        .isEqualTo(Files.readString(Path.of("src/main/resources/application.yaml")));
    assertThat(snippets.get(1)).isEqualTo(withoutPackage(SOURCES + "CallsApplication.java"));
    assertThat(snippets.get(2))
        .isEqualTo(Files.readString(Path.of("calls/accounts/acme/callflows/staff.json")));
    assertThat(snippets.get(3)).isEqualTo(withoutPackage(TESTS + "CallsTests.java"));
  }

  private static String withoutPackage(String file) throws IOException {
    return Files.readString(Path.of(file)).replaceFirst("package .*;\n\n", "");
  }
}

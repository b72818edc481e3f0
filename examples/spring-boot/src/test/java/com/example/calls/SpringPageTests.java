package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.spring.CallflowProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The snippets in docs/spring.md are those of this application, and its properties exist. */
class SpringPageTests {

  private static final String CALLS = "calls/accounts/acme/";
  private static final String SOURCES = "src/main/java/com/example/calls/";
  private static final String TESTS = "src/test/java/com/example/calls/";

  @Test
  void thePageShowsTheApplicationItsPropertiesItsDocumentsAndItsTest() throws IOException {
    assertThat(snippets("java|yaml|json"))
        .startsWith(
            file("src/main/resources/application.yaml"),
            file(SOURCES + "CallsApplication.java"),
            file(CALLS + "callflows/staff.json"),
            file(CALLS + "conferences/b0a4d000000000000000000000000001.json"),
            file(TESTS + "CallsTests.java"));
  }

  @Test
  void theYamlOfThePageHasOnlyPropertiesOfTheStarter() throws IOException {
    List<String> blocks = snippets("yaml");
    assertThat(blocks).hasSize(2);
    for (String block : blocks) {
      List<PropertySource<?>> sources =
          new YamlPropertySourceLoader()
              .load("page", new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
      assertThatCode(() -> bind(ConfigurationPropertySources.from(sources)))
          .as(block)
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> bind(property("callflow.store.enable")))
        .hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class);
  }

  @Test
  void thePropertiesInTheTextOfThePageExist() throws IOException {
    List<String> names = properties();
    assertThat(names)
        .contains("callflow.store.cache", "callflow.api.tokens[0].super-admin")
        .hasSizeGreaterThan(25);
    for (String name : names) {
      assertThatCode(() -> bind(property(name))).as(name).doesNotThrowAnyException();
    }
  }

  /**
   * Returns the names in backticks; {@code .cache} after {@code a.b.timeout} is {@code a.b.cache}.
   */
  private static List<String> properties() throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : page().lines().toList()) {
      String before = "";
      Matcher code = Pattern.compile("`(callflow(?=\\.)|)(\\.[a-z0-9.\\[\\]-]+)`").matcher(line);
      while (code.find()) {
        boolean isShort = code.group(1).isEmpty();
        String name = isShort ? before + code.group(2) : code.group(1) + code.group(2);
        // Short names are in the first column of the tables; others there are files.
        if (!isShort || code.end() < line.indexOf('|', 1)) {
          names.add(name);
          before = name.substring(0, name.lastIndexOf('.'));
        }
      }
    }
    return names;
  }

  private static Iterable<ConfigurationPropertySource> property(String name) {
    // A text that is also a number, a time, a size and a truth value.
    String value = name.equals("callflow.closing") ? "hang-up" : "1";
    return List.of(new MapConfigurationPropertySource(Map.of(name, value)));
  }

  private static void bind(Iterable<ConfigurationPropertySource> sources) {
    new Binder(sources)
        .bind(
            "callflow",
            Bindable.of(CallflowProperties.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
  }

  private static List<String> snippets(String languages) throws IOException {
    return Pattern.compile("```(?:" + languages + ")\n(.*?)```", Pattern.DOTALL)
        .matcher(page())
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static String page() throws IOException {
    return file("../../docs/spring.md");
  }

  private static String file(String path) throws IOException {
    return Files.readString(Path.of(path));
  }
}

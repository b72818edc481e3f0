package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes in the README of the project and of each module, and in other pages, compile. */
class ModulePagesTests {

  private static final List<String> PAGES =
      List.of(
          ".",
          "callflow-conference",
          "callflow-core",
          "callflow-freeswitch",
          "callflow-host",
          "callflow-store",
          "http/callflow-api",
          "testing/callflow-simulator",
          "docs/events.md");

  private static final Pattern CLASS =
      Pattern.compile("```java\n((?:(?!```).)*?class (\\w+).*?)```", Pattern.DOTALL);

  @TempDir Path classes;

  @Test
  void everyClassInAModulePageCompiles() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>();
    for (String page : PAGES) {
      Path file = Path.of("..", page.endsWith(".md") ? page : page + "/README.md");
      List<Source> found =
          CLASS
              .matcher(Files.readString(file))
              .results()
              .map(result -> new Source(result.group(2), result.group(1)))
              .toList();
      assertThat(found).as("the classes in %s", file).isNotEmpty();
      sources.addAll(found);
    }

    DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    compiler
        .getTask(null, null, errors, List.of("-proc:none", "-d", classes.toString()), null, sources)
        .call();

    assertThat(errors.getDiagnostics()).isEmpty();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}

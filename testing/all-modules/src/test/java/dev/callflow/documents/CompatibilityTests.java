package dev.callflow.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The profile compatibility compares what a module exports. */
class CompatibilityTests {

  @Test
  void packagesAreLeftOutOfTheComparisonIfTheyAreNotExported() throws IOException {
    String pom = Repository.read(Repository.ROOT.resolve("pom.xml"));
    List<String> unexported = new ArrayList<>();
    for (String module : all("<module>(.+?)</module>", pom).toList()) {
      Path sources = Repository.ROOT.resolve(module).resolve("src/main/java");
      if (Files.exists(sources.resolve("module-info.java"))) {
        unexported.addAll(unexported(sources));
      }
    }
    assertThat(all("<exclude>(dev\\.callflow.+?)</exclude>", pom))
        .containsExactlyInAnyOrderElementsOf(unexported);
  }

  private static List<String> unexported(Path sources) throws IOException {
    Set<String> exported =
        all("exports ([\\w.]+)", Repository.read(sources.resolve("module-info.java")))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file ->
              sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
          .filter(name -> !exported.contains(name))
          .toList();
    }
  }

  private static Stream<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(result -> result.group(1));
  }
}

package dev.callflow.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The BOM has no parent, and therefore repeats the version and the names of the modules. */
class BomTests {

  private static final Path BOM = Repository.ROOT.resolve("packaging/callflow-bom/pom.xml");

  @Test
  void theBomListsAllPublishedModules() {
    Stream<String> published =
        all("<module>(.+?)</module>", Repository.read(Repository.ROOT.resolve("pom.xml"))).stream()
            .filter(module -> !module.equals("packaging/callflow-bom"))
            .map(module -> Repository.read(Repository.ROOT.resolve(module).resolve("pom.xml")))
            .filter(pom -> !pom.contains("<maven.deploy.skip>true<"))
            .filter(pom -> !pom.contains("<packaging>pom<"))
            .map(pom -> all("</parent>\\s*<artifactId>(.+?)</artifactId>", pom).getFirst());
    assertThat(
            all(
                "<dependency>\\s*<groupId>.+?</groupId>\\s*<artifactId>(.+?)<",
                Repository.read(BOM)))
        .containsExactlyInAnyOrderElementsOf(published.toList());
  }

  @Test
  void theBomHasTheVersionOfTheModules() {
    String version = "<artifactId>callflow-\\w+</artifactId>\\s*<version>(.+?)</version>";
    assertThat(all(version, Repository.read(BOM)).getFirst())
        .isEqualTo(all(version, Repository.read(Repository.ROOT.resolve("pom.xml"))).getFirst());
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(result -> result.group(1)).toList();
  }
}

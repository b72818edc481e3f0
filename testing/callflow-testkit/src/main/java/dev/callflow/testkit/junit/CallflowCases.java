package dev.callflow.testkit.junit;

import dev.callflow.testkit.replay.CaseFile;
import dev.callflow.testkit.replay.CaseRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes a test of each case file of a folder, for a method with {@code @TestFactory}:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> ourCallflows() {
 *   return CallflowCases.in("src/test/resources/cases");
 * }
 * }</pre>
 */
public final class CallflowCases {

  private static final String ENDING = ".case.json";

  private CallflowCases() {}

  /**
   * Finds the case files of a folder and the folders below it.
   *
   * @param folder the folder; in a build of Maven or Gradle, from the module's own folder
   * @return a test for each file that ends in {@code .case.json}, in the order of their paths; it
   *     fails with the case's report, or with what is wrong in the file
   * @throws IllegalArgumentException if there is no such folder, or no case in it: a test without
   *     cases would pass whatever happens
   */
  // Users of JUnit have it; all others need not.
  @SuppressWarnings("exports")
  public static Stream<DynamicTest> in(String folder) {
    Path root = Path.of(folder);
    List<Path> files = files(root);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "there are no *" + ENDING + " in " + root.toAbsolutePath());
    }
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                root.relativize(file).toString(),
                file.toUri(),
                () -> CaseRunner.run(CaseFile.read(file)).orThrow()));
  }

  private static List<Path> files(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the cases cannot be listed", e);
    }
  }
}

package dev.callflow.testkit.junit;

import dev.callflow.core.CallflowModule;
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
 * Creates a test for each case file in a folder, for a {@code @TestFactory} method:
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
   * Finds the case files in a folder and its subfolders.
   *
   * @param folder the folder; in a Maven or Gradle build, relative to the module's folder
   * @return a test for each file whose name ends in {@code .case.json}, in the order of the paths;
   *     a test fails with the report of the case, or with the problems in the file
   * @throws IllegalArgumentException if the folder does not exist or contains no case, since a test
   *     without cases would always pass
   */
  // JUnit is an optional dependency: only users of this class need it.
  @SuppressWarnings("exports")
  public static Stream<DynamicTest> in(String folder) {
    return in(folder, List.of());
  }

  /**
   * Finds the case files in a folder and its subfolders, for callflows with elements of your own.
   *
   * @param folder the folder; in a Maven or Gradle build, relative to the module's folder
   * @param modules the elements; all cases use these objects
   * @return a test for each file whose name ends in {@code .case.json}, in the order of the paths;
   *     a test fails with the report of the case, or with the problems in the file
   * @throws IllegalArgumentException if the folder does not exist or contains no case, since a test
   *     without cases would always pass
   */
  @SuppressWarnings("exports")
  public static Stream<DynamicTest> in(String folder, List<CallflowModule> modules) {
    Path root = Path.of(folder);
    List<Path> files = files(root);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "found no *" + ENDING + " files in " + root.toAbsolutePath());
    }
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                root.relativize(file).toString(),
                file.toUri(),
                () -> CaseRunner.run(CaseFile.read(file), modules).orThrow()));
  }

  private static List<Path> files(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the case files in " + root, e);
    }
  }
}

package dev.callflow.testkit.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every case of the testkit and of the conference module. */
@Isolated("the cases check everything that the process logs")
class CasesTests {

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("../callflow-testkit/src/test/resources/cases"),
          Path.of("../../callflow-conference/src/test/resources/cases"));

  @ParameterizedTest
  @MethodSource("cases")
  void theCasePasses(Path file) throws Exception {
    CaseRunner.run(file).orThrow();
  }

  static List<Path> cases() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".case.json")).sorted().forEach(all::add);
      }
    }
    return all;
  }
}

package dev.callflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.benchmarks.report.Effort;
import dev.callflow.benchmarks.report.Report;
import dev.callflow.benchmarks.report.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All suites run. Their speed is not asserted. */
class BenchmarksIT {

  @TempDir Path folder;

  @Test
  void everySuiteReportsFiguresAsATableAndAsJson() throws Exception {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    Report report = new Report(Effort.SMOKE, new PrintStream(table, true, StandardCharsets.UTF_8));
    Benchmarks.run(List.of("roundtrip", "connections", "calls"), Effort.SMOKE, report);
    Path file = folder.resolve("benchmarks.json");
    report.write(file);

    assertThat(report.rows()).extracting(Row::section).doesNotContain("");
    assertThat(report.rows()).extracting(Row::value).allMatch(Double::isFinite);
    assertThat(figure(report, "own, opened, greeted and held at once")).isEqualTo(20);
    assertThat(figure(report, "own, closed, and their end reported")).isEqualTo(20);
    assertThat(table.toString(StandardCharsets.UTF_8))
        .contains(
            "Command to reply, idle",
            "own against bare, p99",
            "Outbound connections",
            "own against bare, calls a second",
            "Last key press to the next command");
    assertThat(Files.readString(file)).contains("\"bar\" : 1.2", "\"machine\"");
  }

  private static double figure(Report report, String what) {
    return report.rows().stream()
        .filter(row -> row.what().equals(what))
        .findFirst()
        .orElseThrow()
        .value();
  }
}

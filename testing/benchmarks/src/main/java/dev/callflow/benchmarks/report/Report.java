package dev.callflow.benchmarks.report;

import dev.callflow.benchmarks.process.Interval;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;

/** Collects and prints the figures of a run. */
public final class Report {

  private final Effort effort;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();
  private String section = "";

  /**
   * Begins a report.
   *
   * @param effort how long and how much is measured
   * @param out receives the table, line by line
   */
  public Report(Effort effort, PrintStream out) {
    this.effort = effort;
    this.out = out;
    machine().forEach((name, value) -> out.println(name + ": " + value));
  }

  /**
   * Begins a section.
   *
   * @param title the title of the section
   */
  public void section(String title) {
    section = title;
    out.printf(Locale.ROOT, "%n%-70s%12s  %-22s %s%n", title, "", "", "bar");
    out.println("-".repeat(118));
  }

  /**
   * Adds a figure.
   *
   * @param what the description of the figure
   * @param value the value of the figure
   * @param unit the unit of the value
   */
  public void add(String what, double value, String unit) {
    add(new Row(section, what, value, Optional.empty(), unit, Optional.empty()));
  }

  /**
   * Adds a figure that should not be below a bar.
   *
   * @param what the description of the figure
   * @param value the value of the figure
   * @param unit the unit of the value
   * @param bar the smallest acceptable value
   */
  public void atLeast(String what, double value, String unit, double bar) {
    add(new Row(section, what, value, Optional.empty(), unit, Optional.of(new Row.Bar(bar, true))));
  }

  /**
   * Adds a figure that should not be above a bar.
   *
   * @param what the description of the figure
   * @param value the value of the figure
   * @param unit the unit of the value
   * @param bar the largest acceptable value
   */
  public void atMost(String what, double value, String unit, double bar) {
    add(
        new Row(
            section, what, value, Optional.empty(), unit, Optional.of(new Row.Bar(bar, false))));
  }

  /**
   * Adds a ratio.
   *
   * @param what the description of the ratio
   * @param ratio the ratio with its interval
   */
  public void ratio(String what, Interval ratio) {
    ratio(what, ratio, Optional.empty());
  }

  /**
   * Adds a ratio that should not be below a bar. The bar is met if the interval reaches it.
   *
   * @param what the description of the ratio
   * @param ratio the ratio with its interval
   * @param bar the smallest acceptable ratio
   */
  public void ratioAtLeast(String what, Interval ratio, double bar) {
    ratio(what, ratio, Optional.of(new Row.Bar(bar, true)));
  }

  /**
   * Adds a ratio that should not be above a bar. The bar is met if the interval reaches it.
   *
   * @param what the description of the ratio
   * @param ratio the ratio with its interval
   * @param bar the largest acceptable ratio
   */
  public void ratioAtMost(String what, Interval ratio, double bar) {
    ratio(what, ratio, Optional.of(new Row.Bar(bar, false)));
  }

  private void ratio(String what, Interval ratio, Optional<Row.Bar> bar) {
    add(new Row(section, what, ratio.median(), Optional.of(ratio), "times", bar));
  }

  private void add(Row row) {
    rows.add(row);
    String bar = row.bar().map(it -> it + (row.isMet(it) ? "  met" : "  MISSED")).orElse("");
    String interval =
        row.interval().map(it -> " [%s, %s]".formatted(text(it.from()), text(it.to()))).orElse("");
    out.printf(
        Locale.ROOT,
        "%-70s%12s  %-22s %s%n",
        row.what(),
        text(row.value()),
        row.unit() + interval,
        bar);
  }

  static String text(double value) {
    if (value >= 1000 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /**
   * Returns all figures.
   *
   * @return the figures in the order in which they were added
   */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * Writes the report as JSON.
   *
   * @param file the file to write
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    List<Map<String, Object>> figures = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("section", row.section());
      figure.put("what", row.what());
      figure.put("value", row.value());
      figure.put("unit", row.unit());
      row.interval().ifPresent(it -> figure.put("interval", List.of(it.from(), it.to())));
      row.bar()
          .ifPresent(bar -> {
            figure.put("bar", bar.limit());
            figure.put("better", bar.atLeast() ? "more" : "less");
            figure.put("met", row.isMet(bar));
          });
      figures.add(figure);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("when", Instant.now().toString());
    all.put("machine", machine());
    all.put("figures", figures);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
  }

  private Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("mode", effort.name() + ", " + effort.rounds() + " rounds");
    machine.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    return machine;
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    try {
      return Files.exists(info)
          ? Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(System.getProperty("os.arch"))
          : System.getProperty("os.arch");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}

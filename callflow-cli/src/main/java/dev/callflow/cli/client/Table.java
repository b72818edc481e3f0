package dev.callflow.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table with aligned columns. */
public final class Table {

  private static final String BETWEEN = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Creates a table.
   *
   * @param head the titles of the columns
   */
  public Table(String... head) {
    rows.add(List.of(head));
  }

  /**
   * Adds a row.
   *
   * @param values the values, which may come from anyone
   * @return this table
   */
  public Table row(String... values) {
    rows.add(IntStream.range(0, values.length).mapToObj(i -> Printable.text(values[i])).toList());
    return this;
  }

  /**
   * Returns the rows as text.
   *
   * @return the lines, of which the first has the titles
   */
  public List<String> lines() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> Printable.width(row.get(i))).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String value = row.get(i);
      line.append(value).repeat(' ', widths[i] - Printable.width(value)).append(BETWEEN);
    }
    return line.toString().stripTrailing();
  }
}

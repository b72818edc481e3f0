package dev.callflow.cli.lint;

import dev.callflow.core.document.Json;
import dev.callflow.core.time.OneLine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats in which findings are printed (docs/command-line.md#lint). */
public enum LintFormat {
  /** One line for each finding: the file, a JSON pointer, and what is wrong. */
  TEXT {
    @Override
    public List<String> lines(List<Finding> findings) {
      return findings.stream().map(OneLine::of).toList();
    }
  },
  /** A JSON array with an object for each finding, one a line. */
  JSON {
    @Override
    public List<String> lines(List<Finding> findings) {
      return List.of(
          findings.stream().map(LintFormat::json).collect(Collectors.joining(",\n ", "[", "]")));
    }
  },
  /** Workflow commands, which GitHub shows beside the changed lines of a pull request. */
  GITHUB {
    @Override
    public List<String> lines(List<Finding> findings) {
      return findings.stream().map(LintFormat::command).toList();
    }
  };

  /**
   * Formats findings.
   *
   * @param findings the findings
   * @return the lines to print
   */
  public abstract List<String> lines(List<Finding> findings);

  private static String json(Finding finding) {
    return Json.object()
        .put("file", finding.file().toString())
        .put("line", finding.line())
        .put("pointer", finding.problem().pointer().toString())
        .put("severity", finding.severity())
        .put("message", finding.problem().message())
        .toString();
  }

  private static String command(Finding finding) {
    String pointer = finding.problem().pointer().toString();
    return String.format(
        Locale.ROOT,
        "::%s file=%s,line=%d,title=callflow lint::%s",
        finding.problem().warning() ? "warning" : "error",
        data(finding.file().toString()).replace(":", "%3A").replace(",", "%2C"),
        finding.line(),
        data((pointer.isEmpty() ? "" : pointer + ": ") + finding.problem().message()));
  }

  /** Escapes text as GitHub requires, so that it cannot begin another command. */
  private static String data(String text) {
    return OneLine.of(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"));
  }
}

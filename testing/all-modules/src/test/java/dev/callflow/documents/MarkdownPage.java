package dev.callflow.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown: its headings as anchors, and its links. Code blocks are skipped. */
record MarkdownPage(Path file, Set<String> anchors, List<String> links) {

  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+?)(?: +#+)?");
  private static final Pattern LINK = Pattern.compile("]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  static MarkdownPage read(Path file) {
    Set<String> anchors = new HashSet<>();
    List<String> links = new ArrayList<>();
    boolean code = false;
    for (String line : Repository.read(file).lines().toList()) {
      if (line.stripLeading().startsWith("```")) {
        code = !code;
        continue;
      }
      if (code) {
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        add(slug(heading.group(1)), anchors);
      }
      ANCHOR.matcher(line).results().forEach(found -> anchors.add(found.group(1)));
      LINK.matcher(CODE.matcher(line).replaceAll(""))
          .results()
          .forEach(found -> links.add(found.group(1)));
    }
    return new MarkdownPage(file, anchors, links);
  }

  /**
   * Adds the anchor of a heading; if an earlier heading has the same text, appends a number to the
   * anchor, as GitHub does.
   */
  private static void add(String slug, Set<String> anchors) {
    String anchor = slug;
    for (int i = 1; !anchors.add(anchor); i++) {
      anchor = slug + "-" + i;
    }
  }

  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  /**
   * Returns a description of what is missing at the link's target; empty if the link resolves or
   * leads out of the repository.
   */
  String missing(String link) {
    if (link.matches("[a-z]+:.*")) {
      return "";
    }
    String path = link.replaceFirst("#.*", "");
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (!Files.exists(target)) {
      return "no file " + path;
    }
    String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
    return anchor.isEmpty() || !path.endsWith(".md") && !path.isEmpty()
        ? ""
        : read(target).anchors().contains(anchor) ? "" : "no heading #" + anchor;
  }
}

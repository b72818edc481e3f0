package dev.callflow.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of text that people read: a comment or string of a Java file, or a paragraph of a page.
 *
 * @param place the file and the line where the text begins
 * @param text the text in one line, without comment markers
 */
record Prose(String place, String text) {

  /**
   * Matches comments, text blocks, strings and character literals. Where several of these could
   * begin, the first one in this order is matched.
   */
  private static final Pattern JAVA =
      Pattern.compile(
          "/\\*(?<block>.*?)\\*/|(?<line>(?://[^\\n]*\\n\\s*)+)|\"\"\"(?<texts>.*?)(?<!\\\\)\"\"\""
              + "|\"(?<string>(?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'",
          Pattern.DOTALL);

  private static final Pattern TITLE =
      Pattern.compile(
          "\"(?:title|description|note|name|because)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<Prose> of(Path file) {
    String content = Repository.read(file);
    String name = file.getFileName().toString();
    List<Prose> all = new ArrayList<>();
    if (name.endsWith(".java")) {
      Matcher found = JAVA.matcher(content);
      while (found.find()) {
        add(file, content, found.start(), javaText(found), all);
      }
    } else if (name.endsWith(".json")) {
      TITLE
          .matcher(content)
          .results()
          .forEach(found -> add(file, content, found.start(), found.group(1), all));
    } else {
      pageText(file, content, all);
    }
    return all;
  }

  private static String javaText(Matcher found) {
    if (found.group("block") != null) {
      return found.group("block").replaceAll("(?m)^\\s*\\* ?", " ");
    }
    if (found.group("line") != null) {
      return found.group("line").replaceAll("(?m)^\\s*// ?", " ");
    }
    if (found.group("string") != null) {
      return found.group("string");
    }
    return found.group("texts") == null ? "" : found.group("texts");
  }

  private static void pageText(Path file, String content, List<Prose> all) {
    boolean code = false;
    int start = 0;
    for (String line : content.split("(?<=\n)")) {
      if (line.stripLeading().startsWith("```")) {
        code = !code;
      } else if (!code) {
        add(file, content, start, line, all);
      }
      start += line.length();
    }
  }

  private static void add(Path file, String content, int start, String text, List<Prose> all) {
    String plain = text.replaceAll("\\s+", " ").strip();
    if (!plain.isEmpty()) {
      long line = content.substring(0, start).chars().filter(sign -> sign == '\n').count() + 1;
      all.add(new Prose(Repository.name(file) + ":" + line, plain));
    }
  }
}

package dev.callflow.examples.pages;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A page in Markdown with its fenced blocks.
 *
 * @param name the path of the page in the repository
 * @param blocks the blocks, in the order of the page
 */
record Page(String name, List<Block> blocks) {

  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** Folders that tools write to, or that contain documents of others. */
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", "node_modules");

  private static final String FENCE = "```";

  /**
   * A fenced block.
   *
   * @param place the page and the line of the fence, for messages
   * @param language the word behind the fence; empty for none
   * @param text the lines of the block, without the indentation of the fence
   */
  record Block(String place, String language, String text) {

    /** Returns the commands of a shell block: lines that end in a backslash are joined. */
    List<String> commands() {
      return text.replaceAll("\\\\\n\\s*", "").lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public String toString() {
      return place + ":\n" + text;
    }
  }

  static Page read(String name) throws IOException {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String language = null;
    int start = 0;
    int line = 0;
    for (String each : Files.readAllLines(ROOT.resolve(name))) {
      line++;
      if (!each.stripLeading().startsWith(FENCE)) {
        text.append(each).append('\n');
      } else if (language == null) {
        language = each.strip().substring(FENCE.length());
        start = line;
        text.setLength(0);
      } else {
        int indent = each.length() - each.stripLeading().length();
        blocks.add(
            new Block(
                name + ":" + start,
                language,
                text.toString().replaceAll("(?m)^ {" + indent + "}", "")));
        language = null;
      }
    }
    return new Page(name, blocks);
  }

  /** Reads all pages of the repository. */
  static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(read(ROOT.relativize(file).toString()));
    }
    return pages;
  }

  List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }
}

package dev.callflow.core.store;

import dev.callflow.core.document.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The problems in the files of a data folder. Written by one thread at a time. */
final class FolderProblems {

  private static final Logger LOG = LoggerFactory.getLogger(FolderProblems.class);

  private static final String SHARED = "also belongs to ";

  private final Map<Path, List<FileProblem>> problems = new TreeMap<>();
  private volatile List<FileProblem> published = List.of();

  void add(Path file, Problem problem) {
    problems.computeIfAbsent(file, fresh -> new ArrayList<>()).add(new FileProblem(file, problem));
  }

  void addShared(Path file, int number, String owner) {
    add(file, Problem.at("/numbers/" + number, SHARED + "callflow " + owner));
  }

  void clear(Path file) {
    problems.remove(file);
  }

  /**
   * Removes the problems about shared numbers. These depend on all callflows, so they are
   * determined again when any file has changed.
   */
  void clearShared() {
    for (List<FileProblem> ofFile : problems.values()) {
      ofFile.removeIf(it -> it.problem().message().startsWith(SHARED));
    }
  }

  /** Makes the current problems visible to all threads, and logs the new ones. */
  void publish() {
    List<FileProblem> all = problems.values().stream().flatMap(List::stream).toList();
    for (FileProblem problem : all) {
      if (!published.contains(problem)) {
        LOG.warn("{}", problem);
      }
    }
    published = all;
  }

  /** Returns the problems as last published, ordered by file. Safe for use by any thread. */
  List<FileProblem> published() {
    return published;
  }
}

package dev.callflow.testkit.replay;

import dev.callflow.testkit.replay.script.CaseReader;
import dev.callflow.testkit.replay.script.CaseReading;
import dev.callflow.testkit.replay.script.CaseScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A case: its documents, its calls, what callers and operators do and when, and the expected
 * outcome.
 *
 * <p>Immutable. {@link CaseRunner} can run it any number of times.
 */
public final class CaseFile {

  private final CaseScript script;

  private CaseFile(CaseScript script) {
    this.script = script;
  }

  /**
   * Reads a case file.
   *
   * @param file the file, encoded in UTF-8
   * @return the case
   * @throws CaseFormatException if the file is not a valid case; the exception lists every problem
   * @throws IOException if the file cannot be read
   */
  public static CaseFile read(Path file) throws CaseFormatException, IOException {
    return parse(file.toString(), Files.readString(file));
  }

  /**
   * Reads a case from a string.
   *
   * @param source the name of the source, for messages
   * @param json the content of a case file
   * @return the case
   * @throws CaseFormatException if the text is not a valid case; the exception lists every problem
   */
  public static CaseFile parse(String source, String json) throws CaseFormatException {
    CaseReading reading = CaseReader.read(json);
    if (reading.script().isEmpty() || !reading.problems().isEmpty()) {
      throw new CaseFormatException(source, reading.problems());
    }
    return new CaseFile(reading.script().get());
  }

  /**
   * Returns the name of the case.
   *
   * @return a sentence that is true if the case passes
   */
  public String name() {
    return script.name();
  }

  CaseScript script() {
    return script;
  }
}

package dev.callflow.testkit.replay;

import dev.callflow.testkit.replay.script.CaseReader;
import dev.callflow.testkit.replay.script.CaseReading;
import dev.callflow.testkit.replay.script.CaseScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A case: what documents there are, who calls when and does what, what operators do, and what must
 * come of it.
 *
 * <p>Immutable; {@link CaseRunner} runs it any number of times.
 */
public final class CaseFile {

  private final CaseScript script;

  private CaseFile(CaseScript script) {
    this.script = script;
  }

  /**
   * Reads a case file.
   *
   * @param file the file, UTF-8
   * @return the case
   * @throws CaseFormatException if it is not a case, with every problem
   * @throws IOException if it cannot be read
   */
  public static CaseFile read(Path file) throws CaseFormatException, IOException {
    return parse(file.toString(), Files.readString(file));
  }

  /**
   * Reads a case from a text.
   *
   * @param source what to call the text in messages
   * @param json the text
   * @return the case
   * @throws CaseFormatException if it is not a case, with every problem
   */
  public static CaseFile parse(String source, String json) throws CaseFormatException {
    CaseReading reading = CaseReader.read(json);
    if (reading.script().isEmpty() || !reading.problems().isEmpty()) {
      throw new CaseFormatException(source, reading.problems());
    }
    return new CaseFile(reading.script().get());
  }

  /**
   * Returns the sentence that the case is called by.
   *
   * @return what holds if the case passes
   */
  public String name() {
    return script.name();
  }

  CaseScript script() {
    return script;
  }
}

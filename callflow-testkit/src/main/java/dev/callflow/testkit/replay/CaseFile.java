package dev.callflow.testkit.replay;

import dev.callflow.core.call.MediaGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case: what documents there are, who calls when and does what, what operators do, and what must
 * come of it.
 *
 * <p>Immutable; {@link CaseRunner} runs it any number of times.
 */
public final class CaseFile {

  private final String name;
  private final Given given;
  private final List<Caller> calls;
  private final List<Operation> control;
  private final Map<String, Callee> callees;
  private final Expectation expectation;

  /** The documents of a case, and how the switch is in it. */
  record Given(
      List<AccountDocuments> accounts,
      ObjectNode system,
      Map<String, Duration> media,
      MediaGuard mayPlay,
      Faults faults) {}

  CaseFile(
      String name,
      Given given,
      List<Caller> calls,
      List<Operation> control,
      Map<String, Callee> callees,
      Expectation expectation) {
    this.name = name;
    this.given = given;
    this.calls = List.copyOf(calls);
    this.control = List.copyOf(control);
    this.callees = Map.copyOf(callees);
    this.expectation = expectation;
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
    return CaseReader.read(source, json);
  }

  /**
   * Returns the sentence that the case is called by.
   *
   * @return what holds if the case passes
   */
  public String name() {
    return name;
  }

  Given given() {
    return given;
  }

  List<Caller> calls() {
    return calls;
  }

  List<Operation> control() {
    return control;
  }

  Map<String, Callee> callees() {
    return callees;
  }

  Expectation expectation() {
    return expectation;
  }
}

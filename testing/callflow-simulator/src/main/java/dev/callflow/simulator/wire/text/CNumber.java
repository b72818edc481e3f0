package dev.callflow.simulator.wire.text;

/** Parses numbers as C does. */
public final class CNumber {

  private CNumber() {}

  /** Parses like C's atoi: reads the leading digits, and returns 0 if there are none. */
  public static int of(String text) {
    String digits = text.strip().replaceAll("^(-?\\d{0,9}).*", "$1");
    return digits.isEmpty() || digits.equals("-") ? 0 : Integer.parseInt(digits);
  }
}

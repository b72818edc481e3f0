package dev.callflow.simulator.wire.text;

/** Numbers as C reads them. */
public final class CNumber {

  private CNumber() {}

  /** As C's atoi: digits as far as they go; 0 without any. */
  public static int of(String text) {
    String digits = text.strip().replaceAll("^(-?\\d{0,9}).*", "$1");
    return digits.isEmpty() || digits.equals("-") ? 0 : Integer.parseInt(digits);
  }
}

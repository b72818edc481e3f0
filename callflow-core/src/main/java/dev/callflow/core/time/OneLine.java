package dev.callflow.core.time;

/** Makes text from documents and callers safe for log lines. */
public final class OneLine {

  private OneLine() {}

  /**
   * Returns text in which each control character, such as a line feed or NUL, is replaced by {@code
   * ?}, so that it cannot begin another log line. For values of documents and callers in log
   * messages and in the logging context.
   *
   * @param value the value
   * @return its text, on one line
   */
  public static String of(Object value) {
    String text = String.valueOf(value);
    for (int i = 0; i < text.length(); i++) {
      if (isBreak(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder safe = new StringBuilder(text);
    for (int i = 0; i < safe.length(); i++) {
      if (isBreak(safe.charAt(i))) {
        safe.setCharAt(i, '?');
      }
    }
    return safe.toString();
  }

  /** Returns whether a character is a control character, or a line or paragraph separator. */
  private static boolean isBreak(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}

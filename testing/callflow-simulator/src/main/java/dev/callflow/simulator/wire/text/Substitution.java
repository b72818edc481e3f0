package dev.callflow.simulator.wire.text;

import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces {@code ${name}} with a variable's value, and {@code ${command(argument)}} or {@code
 * ${command argument}} with the answer of an api command. The innermost references are replaced
 * first. References in the value of a variable are replaced too.
 */
public final class Substitution {

  private static final int MAX_DEPTH = 100;
  private static final String ESCAPED = "\\nst'";

  private final Function<String, Optional<String>> variables;
  private final Command commands;

  /** Runs api commands. */
  @FunctionalInterface
  public interface Command {

    /**
     * Runs a command.
     *
     * @param name the command's name
     * @param argument the command's argument
     * @return the command's answer; empty if there is no such command
     */
    String run(String name, String argument);
  }

  /**
   * Creates a substitution with the variables and commands of a channel or of the switch.
   *
   * @param variables looks up the value of a variable
   * @param commands runs the commands
   */
  public Substitution(Function<String, Optional<String>> variables, Command commands) {
    this.variables = variables;
    this.commands = commands;
  }

  /**
   * Returns whether a string refers to a variable or a command.
   *
   * @param text the string
   * @return whether the string contains <code>${</code>, even with backslashes between the two
   *     characters
   */
  public static boolean mentionsVariable(String text) {
    boolean dollar = false;
    for (char c : text.toCharArray()) {
      if (dollar && c == '{') {
        return true;
      }
      dollar = c == '$' || dollar && c == '\\';
    }
    return false;
  }

  /**
   * Replaces all references in a string.
   *
   * @param text the string
   * @return the string with all references replaced
   */
  public String apply(String text) {
    return apply(text, 0);
  }

  private String apply(String text, int depth) {
    if (depth > MAX_DEPTH || !mentionsVariable(text) && !hasEscapes(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      char next = at(text, i + 1);
      if (c == '\\' && next == '$') {
        out.append('$');
        i += at(text, i + 2) == '$' ? 3 : 2;
      } else if (c == '\\' && next == '\'') {
        i += 2;
      } else if (c == '\\' && next == '\\') {
        out.append('\\');
        i += 2;
      } else if (c == '$' && next == '$' && at(text, i + 2) == '{') {
        i = reference(text, i + 3, depth, out);
      } else if (c == '$' && next == '{') {
        i = reference(text, i + 2, depth, out);
      } else {
        out.append(c);
        i += c == '$' && next == '$' ? 2 : 1;
      }
    }
    return out.toString();
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean hasEscapes(String text) {
    for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 1)) {
      if (i + 1 < text.length() && ESCAPED.indexOf(text.charAt(i + 1)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Replaces the reference whose content starts at the given index; returns the index at which to
   * continue.
   */
  private int reference(String text, int start, int depth, StringBuilder out) {
    int braces = 1;
    int end = start;
    while (end < text.length() && !(braces == 1 && text.charAt(end) == '}')) {
      char c = text.charAt(end);
      braces += c == '{' && end != start ? 1 : c == '}' ? -1 : 0;
      end++;
    }
    boolean closed = end < text.length();
    out.append(value(text.substring(start, end), closed ? 0 : braces, depth));
    int after = closed ? end + 1 : end;
    // FreeSWITCH copies the character after a reference unchanged, even a backslash.
    if (after < text.length() && text.charAt(after) != '$') {
      out.append(text.charAt(after));
      after++;
    }
    return after;
  }

  private String value(String inside, int openBraces, int depth) {
    for (int i = 0; i < inside.length(); i++) {
      if (inside.charAt(i) == ' ' || inside.charAt(i) == '(') {
        String name = inside.substring(0, i).stripTrailing();
        int open = inside.charAt(i) == '(' ? 1 : openBraces;
        String argument = argument(inside.substring(i + 1), open);
        return commands.run(apply(name, depth + 1), apply(argument, depth + 1));
      }
    }
    return variable(apply(inside, depth + 1), depth);
  }

  /** Cuts off an argument at its closing parenthesis. */
  private static String argument(String text, int opened) {
    int open = opened;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ')' && open == 1) {
        return text.substring(0, i);
      }
      open += c == '(' ? 1 : c == ')' && open > 1 ? -1 : 0;
    }
    return text;
  }

  /**
   * Returns the value of a variable; an offset and a length may follow the name: {@code name:2:5}.
   */
  private String variable(String reference, int depth) {
    String[] parts = reference.split(":", 3);
    String name = parts[0].replaceFirst("\\[[^]]*].*", "");
    String value = variables.apply(name).map(found -> apply(found, depth + 1)).orElse("");
    int offset = parts.length > 1 ? number(parts[1]) : 0;
    int length = parts.length > 2 ? number(parts[2]) : 0;
    String from =
        offset >= 0
            ? value.substring(Math.min(offset, value.length()))
            : value.substring(-offset <= value.length() ? value.length() + offset : 0);
    return length > 0 && length < from.length() ? from.substring(0, length) : from;
  }

  private static int number(String text) {
    String digits = text.strip().replaceAll("^([-+]?\\d{0,6}).*", "$1");
    return digits.matches(".*\\d") ? Integer.parseInt(digits) : 0;
  }
}

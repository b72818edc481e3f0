package dev.callflow.simulator.wire.text;

import java.util.List;
import java.util.Map;

/**
 * An application's argument with variables that are set while the application runs: {@code
 * %[name=value,…]argument}, or {@code %;[name=value;…]argument} with a custom separator.
 *
 * @param variables the variables, in order
 * @param argument the argument that the application receives
 */
public record ScopedArgument(List<Map.Entry<String, String>> variables, String argument) {

  /** Copies the variables. */
  public ScopedArgument {
    variables = List.copyOf(variables);
  }

  /**
   * Parses an argument.
   *
   * @param text the argument, after substitution
   * @return the parsed argument; if the block is not closed, the whole text is the argument
   */
  public static ScopedArgument of(String text) {
    boolean plain = text.startsWith("%[");
    if (!plain && !(text.length() > 2 && text.charAt(0) == '%' && text.charAt(2) == '[')) {
      return new ScopedArgument(List.of(), text);
    }
    return Brackets.read(text.substring(plain ? 1 : 2), '[', ']', plain ? ',' : text.charAt(1))
        .map(block -> new ScopedArgument(block.variables(), block.rest()))
        .orElseGet(() -> new ScopedArgument(List.of(), text));
  }
}

package dev.callflow.simulator.wire.text;

import java.util.List;
import java.util.Map;

/**
 * An application's argument with variables that hold for as long as the application runs: {@code
 * %[name=value,…]argument}, or with a separator of one's own {@code %;[name=value;…]argument}.
 *
 * @param variables the variables, in their order
 * @param argument what the application gets
 */
public record ScopedArgument(List<Map.Entry<String, String>> variables, String argument) {

  /** Copies the variables. */
  public ScopedArgument {
    variables = List.copyOf(variables);
  }

  /**
   * Reads an argument.
   *
   * @param text the argument, its variables replaced
   * @return its parts; all of it is the argument if nothing closes the block
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

package dev.callflow.freeswitch;

/**
 * A rule that keeps a value from breaking out of its place in a FreeSWITCH syntax. All rules apply
 * in production; tests disable each one in turn to show that it is needed.
 */
enum Guard {

  /** Refuses {@code '}, which starts or ends quoted text, where separators have no effect. */
  QUOTE,

  /** Refuses the backslash, which changes the meaning of the next character. */
  BACKSLASH,

  /** Refuses braces, which enclose variables, flags and file parameters. */
  BRACE,

  /**
   * Refuses {@code $}, since {@code ${name}} inserts a variable and {@code ${name(argument)}} runs
   * a command.
   */
  EXPANSION,

  /** Refuses {@code :_:}, which splits a dial string even inside quotes and braces. */
  ENTERPRISE,

  /**
   * Refuses control characters: a line break would start a new header, and U+001F is used to
   * separate list items.
   */
  CONTROL,

  /** Separates list items with a character that does not occur in any value. */
  SEPARATOR,

  /** Refuses a leading {@code %} or {@code @}: {@code %[name=value]} would set a variable. */
  SCOPE,

  /**
   * Requires the names of external variables to begin with one of our prefixes, since many
   * variables with other names control FreeSWITCH.
   */
  VARIABLE,

  /** Requires each name, number, id and address to match the pattern for its kind. */
  WORD
}

package dev.callflow.freeswitch;

/**
 * A rule that keeps a value from breaking out of its place in a FreeSWITCH syntax. Production uses
 * all rules; a test disables each one to show that it is needed.
 */
enum Guard {

  /** Refuses {@code '}, which starts or ends quoted text, in which separators have no effect. */
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
   * Refuses control characters: a line end starts a new header, and U+001F separates list items.
   */
  CONTROL,

  /** Separates list items by a character that does not occur in any value. */
  SEPARATOR,

  /** Refuses a leading {@code %} or {@code @}: {@code %[name=value]} would set variables. */
  SCOPE,

  /**
   * Requires our prefixes on external variable names, since many other names control FreeSWITCH.
   */
  VARIABLE,

  /** Restricts names, numbers, ids and addresses to the characters of their kind. */
  WORD
}

package dev.callflow.freeswitch;

/**
 * What keeps a value within its place in a FreeSWITCH syntax. Production has all of them; a test
 * takes one away to show what it is for.
 */
enum Guard {

  /** A {@code '} begins or ends a stretch in which separators do not count. */
  QUOTE,

  /** A backslash takes the meaning from the next sign, or gives it another one. */
  BACKSLASH,

  /** Braces begin and end blocks of variables, flags and parameters of files. */
  BRACE,

  /** {@code ${name}} becomes a variable's value, and {@code ${name(argument)}} runs a command. */
  EXPANSION,

  /** {@code :_:} parts a dial string, whatever stands around it. */
  ENTERPRISE,

  /** A line end begins another header, and the separator of last resort is a control character. */
  CONTROL,

  /** Lists are separated by a sign that occurs in none of their values. */
  SEPARATOR,

  /** {@code %[name=value]} before an application's argument sets variables. */
  SCOPE,

  /** Variables that others name begin with our prefixes: FreeSWITCH obeys many other names. */
  VARIABLE,

  /** Names, numbers, ids and addresses consist of the signs of their kind. */
  WORD
}

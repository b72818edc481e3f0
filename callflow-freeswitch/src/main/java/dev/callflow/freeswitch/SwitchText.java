package dev.callflow.freeswitch;

import static dev.callflow.freeswitch.Guard.BACKSLASH;
import static dev.callflow.freeswitch.Guard.BRACE;
import static dev.callflow.freeswitch.Guard.CONTROL;
import static dev.callflow.freeswitch.Guard.EXPANSION;
import static dev.callflow.freeswitch.Guard.QUOTE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes values in the syntaxes of FreeSWITCH's commands, with one method for each syntax; no other
 * class does so. Blanks replace special characters in people's names and in text to be spoken; any
 * other value that could break out of its place is refused.
 *
 * <p>Each method applies the guards that its syntax needs; docs/security.md explains them. The
 * checks here are the last line of defence: values from documents and requests are checked earlier.
 */
final class SwitchText {

  private static final Logger LOG = LoggerFactory.getLogger(SwitchText.class);

  /** The instance that applies all guards. */
  static final SwitchText GUARDED = new SwitchText(EnumSet.allOf(Guard.class));

  /** The separator that splits a dial string into separate calls, even inside quotes and braces. */
  private static final String ENTERPRISE = ":_:";

  /** The separators to choose from; the first one that no value contains is used. */
  private static final String SEPARATORS = "~;!#";

  /**
   * The separator to use if the values contain all others; {@link Guard#CONTROL} keeps it out of
   * values.
   */
  private static final char LAST_SEPARATOR = '\u001f';

  private static final Set<Guard> BLOCK_GUARDS =
      EnumSet.of(QUOTE, BACKSLASH, BRACE, EXPANSION, CONTROL);
  private static final Set<Guard> LIST_GUARDS = EnumSet.of(QUOTE, BACKSLASH, EXPANSION, CONTROL);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern EXTERNAL_VARIABLE =
      Pattern.compile("(cav|callflow)_[A-Za-z0-9_-]{1,64}");

  private final Set<Guard> guards;

  SwitchText(Set<Guard> guards) {
    this.guards = Set.copyOf(guards);
  }

  // ---- names, numbers, ids, addresses

  /** A kind of word, with the pattern that valid words match. */
  enum Word {
    /**
     * The uuid of an existing channel in the arguments of a command. FreeSWITCH takes any text, for
     * instance a SIP Call-ID or the variable {@code origination_uuid}. Quotes, backslashes and
     * blanks would be syntax, and so would a leading {@code ^^}.
     */
    LEG("(?!\\^\\^)[^\\p{Cntrl}\\s'\\\\$]{1,256}"),
    /** The uuid of a channel that we create. */
    NEW_LEG("[A-Za-z0-9][A-Za-z0-9@._-]{0,127}"),
    /** The name of a conference profile, SIP profile, dialplan context, speech engine or voice. */
    NAME("[A-Za-z0-9_.-]{1,64}"),
    CONFERENCE_VARIABLE("[A-Za-z0-9_]{1,64}"),
    NUMBER("\\+?[0-9*#]{1,32}"),
    SIP_USER("[A-Za-z0-9._+*#-]{1,64}"),
    HOST("[A-Za-z0-9][A-Za-z0-9.-]{0,252}"),
    HOST_AND_PORT("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?"),
    CONTACT("[A-Za-z0-9._+*#-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?"),
    /** A path in the arguments of a program that FreeSWITCH runs; quotes have no effect there. */
    PATH("/[A-Za-z0-9/._-]+"),
    /** A URL of the host's own, for a transfer. */
    TRANSFER("https?://[A-Za-z0-9.:\\[\\]-]{1,300}/v2/transfers/[A-Za-z0-9_-]{43}(\\.[a-z0-9]+)?");

    private final Pattern pattern;

    Word(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }
  }

  /** Returns the word unchanged if it is valid for its kind; otherwise throws an exception. */
  String word(Word kind, String text) {
    if (!isWord(kind, text)) {
      throw new IllegalArgumentException(
          "not a valid value of kind " + kind + ": " + readable(text));
    }
    return text;
  }

  boolean isWord(Word kind, String text) {
    return !guards.contains(Guard.WORD) || kind.pattern.matcher(text).matches();
  }

  // ---- dial strings

  /**
   * Returns a dial string: {@code {^^~a=1~b=2}target}.
   *
   * @param variables our own variables, and external ones that {@link #externalVariables} has
   *     checked
   * @param target the target, composed of checked words
   */
  String dialString(Map<String, String> variables, String target) {
    variables.forEach((name, value) -> {
      requireVariable(name);
      require(BLOCK_GUARDS, name, value);
    });
    String all = "{^^" + list(variables) + "}" + target;
    if (guards.contains(Guard.ENTERPRISE) && all.contains(ENTERPRISE)) {
      throw new IllegalArgumentException("a dial string must not contain " + ENTERPRISE);
    }
    return all;
  }

  /** Checks the names of variables from documents and requests; returns the same variables. */
  Map<String, String> externalVariables(Map<String, String> variables) {
    variables
        .keySet()
        .forEach(name -> {
          if (!isExternalVariable(name)) {
            throw new IllegalArgumentException(
                "a variable name must begin with cav_ or callflow_, but is " + readable(name));
          }
        });
    return variables;
  }

  private boolean isExternalVariable(String name) {
    return guards.contains(Guard.VARIABLE)
        ? EXTERNAL_VARIABLE.matcher(name).matches()
        : VARIABLE.matcher(name).matches();
  }

  /** Returns a person's name, with special characters replaced by blanks. */
  String humanName(String name) {
    StringBuilder clean = new StringBuilder();
    String text = guards.contains(Guard.ENTERPRISE) ? name.replace(ENTERPRISE, " ") : name;
    // The SIP header contains the name in double quotes.
    text.codePoints().forEach(c -> clean.appendCodePoint(isSpecial(c, "\"<>") ? ' ' : c));
    return clean.toString().replaceAll(" {2,}", " ").strip();
  }

  private boolean isSpecial(int c, String more) {
    return more.indexOf(c) >= 0
        || BLOCK_GUARDS.stream()
            .anyMatch(guard -> guards.contains(guard) && contains(guard, Character.toString(c)));
  }

  // ---- arguments of applications

  /** Returns the argument of {@code set}; empty if the name or the value is not allowed. */
  Optional<String> set(String name, String value) {
    if (!isExternalVariable(name) || !violations(LIST_GUARDS, value).isEmpty()) {
      LOG.warn("not setting variable {}: its name or its value is not allowed", readable(name));
      return Optional.empty();
    }
    return Optional.of(name + "=" + value);
  }

  /**
   * Returns the argument of {@code multiset}: {@code ^^~a=1~b=}. An empty value removes the
   * variable. Leaves out variables whose value is not allowed; the result is empty if none remain.
   */
  Optional<String> multiset(Map<String, String> variables) {
    Map<String, String> safe = new LinkedHashMap<>();
    variables.forEach((name, value) -> {
      requireVariable(name);
      if (!violations(LIST_GUARDS, value).isEmpty()) {
        LOG.warn("not setting variable {}: its value is not allowed", name);
      } else {
        safe.put(name, value);
      }
    });
    return safe.isEmpty() ? Optional.empty() : Optional.of("^^" + list(safe));
  }

  /**
   * Returns the argument of {@code playback}, or of another application whose only argument is a
   * file.
   */
  String file(String file) {
    require(LIST_GUARDS, "file", file);
    if (guards.contains(Guard.SCOPE) && (file.startsWith("%") || file.startsWith("@"))) {
      throw new IllegalArgumentException("a file must not begin with % or @");
    }
    return file;
  }

  /**
   * Returns the argument of {@code speak}: an engine, a voice, and the text with its special
   * characters replaced by blanks.
   */
  String speech(String engine, String voice, String text) {
    StringBuilder words = new StringBuilder();
    // The text is the last part, in which quotes have no effect, so apostrophes can be kept.
    text.codePoints().forEach(c -> words.appendCodePoint(c != '\'' && isSpecial(c, "|") ? ' ' : c));
    return word(Word.NAME, engine) + "|" + word(Word.NAME, voice) + "|" + words;
  }

  // ---- arguments of commands, separated by blanks

  /** Returns an argument, quoted if it contains a blank. */
  String argument(String text) {
    require(LIST_GUARDS, "argument", text);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an argument must not be empty");
    }
    return text.indexOf(' ') < 0 ? text : "'" + text + "'";
  }

  /** Quotes an argument that has its own syntax and whose parts have been checked. */
  String quoted(String text) {
    require(EnumSet.of(QUOTE, BACKSLASH), "argument", text);
    return "'" + text + "'";
  }

  // ---- a SIP header

  /** Returns a list for a SIP header: {@code a=1;b=2}; empty if a name or value is not allowed. */
  Optional<String> headerList(Map<String, String> variables) {
    boolean plain =
        variables.entrySet().stream()
            .allMatch(it ->
                isWord(Word.CONFERENCE_VARIABLE, it.getKey())
                    && it.getValue().indexOf(';') < 0
                    && violations(EnumSet.of(CONTROL), it.getValue()).isEmpty());
    return plain
        ? Optional.of(
            new TreeMap<>(variables)
                .entrySet().stream()
                    .map(it -> it.getKey() + "=" + it.getValue())
                    .collect(Collectors.joining(";")))
        : Optional.empty();
  }

  // ---- common parts

  private void requireVariable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("not a valid variable name: " + readable(name));
    }
  }

  /**
   * Checks a value. The exception's message does not contain the value, since it may be a password.
   */
  private void require(Set<Guard> needed, String what, String value) {
    Set<Guard> violated = violations(needed, value);
    if (!violated.isEmpty()) {
      throw new IllegalArgumentException(
          "the value of "
              + what
              + " contains characters that are special in FreeSWITCH: "
              + violated);
    }
  }

  private Set<Guard> violations(Set<Guard> needed, String value) {
    return needed.stream()
        .filter(guard -> guards.contains(guard) && contains(guard, value))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guard.class)));
  }

  private static boolean contains(Guard guard, String value) {
    return switch (guard) {
      case QUOTE -> value.indexOf('\'') >= 0;
      case BACKSLASH -> value.indexOf('\\') >= 0;
      case BRACE -> value.indexOf('{') >= 0 || value.indexOf('}') >= 0;
      case EXPANSION -> value.indexOf('$') >= 0;
      case CONTROL -> value.chars().anyMatch(c -> c < ' ' || c == 0x7f);
      case ENTERPRISE, SEPARATOR, SCOPE, VARIABLE, WORD ->
          throw new IllegalArgumentException(guard + " is not a check for single characters");
    };
  }

  /** Returns the variables as a list, preceded by the list's separator. */
  private String list(Map<String, String> variables) {
    char separator = separator(variables.values());
    List<String> pairs = new ArrayList<>();
    variables.forEach((name, value) -> pairs.add(name + "=" + value));
    return separator + String.join(String.valueOf(separator), pairs);
  }

  private char separator(Collection<String> values) {
    return SEPARATORS
        .chars()
        .filter(c ->
            !guards.contains(Guard.SEPARATOR)
                || values.stream().noneMatch(value -> value.indexOf(c) >= 0))
        .mapToObj(c -> (char) c)
        .findFirst()
        .orElse(LAST_SEPARATOR);
  }

  private static String readable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}

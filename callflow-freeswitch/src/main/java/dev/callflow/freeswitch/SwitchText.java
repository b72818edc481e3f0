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
 * Writes values into FreeSWITCH's syntaxes: the only place that does, with a method for each
 * syntax. A value that could leave its place is cleaned if it is a human name or a spoken text, and
 * refused otherwise.
 *
 * <p>Each method names the guards that its syntax needs; docs/security.md says why. Refusals here
 * are the last line: what comes from documents and requests is checked before.
 */
final class SwitchText {

  private static final Logger LOG = LoggerFactory.getLogger(SwitchText.class);

  /** With all guards. */
  static final SwitchText GUARDED = new SwitchText(EnumSet.allOf(Guard.class));

  /** What parts a dial string into calls of their own, even within quotes and braces. */
  private static final String ENTERPRISE = ":_:";

  /** The first that no value holds is taken. */
  private static final String SEPARATORS = "~;!#";

  /** Where values hold all of them: a control character, which {@link Guard#CONTROL} refuses. */
  private static final char LAST_SEPARATOR = '\u001f';

  private static final Set<Guard> IN_A_BLOCK =
      EnumSet.of(QUOTE, BACKSLASH, BRACE, EXPANSION, CONTROL);
  private static final Set<Guard> IN_A_LIST = EnumSet.of(QUOTE, BACKSLASH, EXPANSION, CONTROL);

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern OTHERS_VARIABLE =
      Pattern.compile("(cav|callflow)_[A-Za-z0-9_-]{1,64}");

  private final Set<Guard> guards;

  SwitchText(Set<Guard> guards) {
    this.guards = Set.copyOf(guards);
  }

  // ---- names, numbers, ids, addresses

  /** A kind of word: what it may consist of. */
  enum Word {
    /** A channel's id; FreeSWITCH can be set to take SIP's Call-ID for it. */
    LEG("[A-Za-z0-9][A-Za-z0-9@._-]{0,127}"),
    /** The name of a profile of conferences, SIP or a speech engine, or of a voice. */
    NAME("[A-Za-z0-9_.-]{1,64}"),
    CONFERENCE_VARIABLE("[A-Za-z0-9_]{1,64}"),
    NUMBER("\\+?[0-9*#]{1,32}"),
    SIP_USER("[A-Za-z0-9._+*#-]{1,64}"),
    HOST("[A-Za-z0-9][A-Za-z0-9.-]{0,252}"),
    HOST_AND_PORT("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?"),
    CONTACT("[A-Za-z0-9._+*#-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?"),
    /** An argument of a program that FreeSWITCH runs: quotes do not count there. */
    PATH("/[A-Za-z0-9/._-]+");

    private final Pattern pattern;

    Word(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }
  }

  /** A word of a kind, as it is. */
  String word(Word kind, String text) {
    if (!isWord(kind, text)) {
      throw new IllegalArgumentException(
          "expected a word of the kind " + kind + ", not " + readable(text));
    }
    return text;
  }

  boolean isWord(Word kind, String text) {
    return !guards.contains(Guard.WORD) || kind.pattern.matcher(text).matches();
  }

  // ---- dial strings

  /**
   * A dial string: {@code {^^~a=1~b=2}target}.
   *
   * @param variables ours, and those that others name if {@link #othersVariables} has let them in
   * @param target put together of words
   */
  String dialString(Map<String, String> variables, String target) {
    variables.forEach((name, value) -> {
      requireVariable(name);
      require(IN_A_BLOCK, name, value);
    });
    String all = "{^^" + list(variables) + "}" + target;
    if (guards.contains(Guard.ENTERPRISE) && all.contains(ENTERPRISE)) {
      throw new IllegalArgumentException("a dial string must not hold " + ENTERPRISE);
    }
    return all;
  }

  /** Lets in variables that documents and requests name. */
  Map<String, String> othersVariables(Map<String, String> variables) {
    variables
        .keySet()
        .forEach(name -> {
          if (!isOthersVariable(name)) {
            throw new IllegalArgumentException(
                "expected a variable that begins with cav_ or callflow_, not " + readable(name));
          }
        });
    return variables;
  }

  private boolean isOthersVariable(String name) {
    return guards.contains(Guard.VARIABLE)
        ? OTHERS_VARIABLE.matcher(name).matches()
        : VARIABLE.matcher(name).matches();
  }

  /** A name that people read: signs with a meaning become blanks. */
  String humanName(String name) {
    StringBuilder clean = new StringBuilder();
    String text = guards.contains(Guard.ENTERPRISE) ? name.replace(ENTERPRISE, " ") : name;
    // A SIP header has it in double quotes.
    text.codePoints().forEach(c -> clean.appendCodePoint(hasMeaning(c, "\"<>") ? ' ' : c));
    return clean.toString().replaceAll(" {2,}", " ").strip();
  }

  private boolean hasMeaning(int c, String more) {
    return more.indexOf(c) >= 0
        || IN_A_BLOCK.stream()
            .anyMatch(guard -> guards.contains(guard) && holds(guard, Character.toString(c)));
  }

  // ---- arguments of applications

  /** The argument of {@code set}; empty if FreeSWITCH would make something else of it. */
  Optional<String> set(String name, String value) {
    if (!isOthersVariable(name) || !breaks(IN_A_LIST, value).isEmpty()) {
      LOG.warn("variable {} cannot be set: its name or its value means more", readable(name));
      return Optional.empty();
    }
    return Optional.of(name + "=" + value);
  }

  /**
   * The argument of {@code multiset}: {@code ^^~a=1~b=2}. Variables without a value, and those
   * whose value would mean more than a value, are left out.
   */
  Optional<String> multiset(Map<String, String> variables) {
    Map<String, String> safe = new LinkedHashMap<>();
    variables.forEach((name, value) -> {
      requireVariable(name);
      if (!breaks(IN_A_LIST, value).isEmpty()) {
        LOG.warn("variable {} cannot be set: its value means more than a value", name);
      } else if (!value.isEmpty()) {
        safe.put(name, value);
      }
    });
    return safe.isEmpty() ? Optional.empty() : Optional.of("^^" + list(safe));
  }

  /** The argument of {@code playback}, or of another application that takes a file and no more. */
  String file(String file) {
    require(IN_A_LIST, "file", file);
    if (guards.contains(Guard.SCOPE) && (file.startsWith("%") || file.startsWith("@"))) {
      throw new IllegalArgumentException("a file must not begin with % or @");
    }
    return file;
  }

  /** The argument of {@code speak}: an engine, a voice and a text, which is cleaned. */
  String speech(String engine, String voice, String text) {
    StringBuilder words = new StringBuilder();
    // The text is the last of three: quotes have no meaning in it, and belong to words.
    text.codePoints()
        .forEach(c -> words.appendCodePoint(c != '\'' && hasMeaning(c, "|") ? ' ' : c));
    return word(Word.NAME, engine) + "|" + word(Word.NAME, voice) + "|" + words;
  }

  // ---- arguments of commands, separated by blanks

  /** An argument; quoted if it holds a blank. */
  String argument(String text) {
    require(IN_A_LIST, "argument", text);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an argument must not be empty");
    }
    return text.indexOf(' ') < 0 ? text : "'" + text + "'";
  }

  /** An argument with a syntax of its own, whose parts have been checked: in quotes. */
  String quoted(String text) {
    require(EnumSet.of(QUOTE, BACKSLASH), "argument", text);
    return "'" + text + "'";
  }

  // ---- a SIP header

  /** A list in a SIP header: {@code a=1;b=2}; empty if a name or a value would mean more. */
  Optional<String> headerList(Map<String, String> variables) {
    boolean plain =
        variables.entrySet().stream()
            .allMatch(it ->
                isWord(Word.CONFERENCE_VARIABLE, it.getKey())
                    && it.getValue().indexOf(';') < 0
                    && breaks(EnumSet.of(CONTROL), it.getValue()).isEmpty());
    return plain
        ? Optional.of(
            new TreeMap<>(variables)
                .entrySet().stream()
                    .map(it -> it.getKey() + "=" + it.getValue())
                    .collect(Collectors.joining(";")))
        : Optional.empty();
  }

  // ---- what they have in common

  private void requireVariable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a variable: " + readable(name));
    }
  }

  /** The message does not show the value: it may be a password. */
  private void require(Set<Guard> needed, String what, String value) {
    Set<Guard> broken = breaks(needed, value);
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          "the value of " + what + " holds signs with a meaning for FreeSWITCH: " + broken);
    }
  }

  private Set<Guard> breaks(Set<Guard> needed, String value) {
    return needed.stream()
        .filter(guard -> guards.contains(guard) && holds(guard, value))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guard.class)));
  }

  private static boolean holds(Guard guard, String value) {
    return switch (guard) {
      case QUOTE -> value.indexOf('\'') >= 0;
      case BACKSLASH -> value.indexOf('\\') >= 0;
      case BRACE -> value.indexOf('{') >= 0 || value.indexOf('}') >= 0;
      case EXPANSION -> value.indexOf('$') >= 0;
      case CONTROL -> value.chars().anyMatch(c -> c < ' ' || c == 0x7f);
      case ENTERPRISE, SEPARATOR, SCOPE, VARIABLE, WORD ->
          throw new IllegalArgumentException(guard + " is about no single sign");
    };
  }

  /** The separator, and behind it the variables. */
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

package dev.callflow.simulator.wire.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A parsed dial string. {@code :_:} separates branches that are dialled in parallel, each with its
 * own variables; {@code |} separates alternatives that are dialled in sequence, and {@code ,}
 * separates legs that are dialled in parallel.
 *
 * @param branches the branches; malformed branches are left out, and the others are still dialled
 */
public record DialString(List<Branch> branches) {

  private static final String BETWEEN_BRANCHES = ":_:";
  private static final int MAX_LEGS = 128;
  private static final char QUOTED_COMMA = '\u0001';
  private static final char COMMA = '\u0002';
  private static final String NESTED = "origination_nested_vars=true";

  /** Copies the branches. */
  public DialString {
    branches = List.copyOf(branches);
  }

  /**
   * Groups of legs that are dialled in sequence until one leg answers.
   *
   * @param alternatives the groups, in the order in which they are dialled
   */
  public record Branch(List<List<Leg>> alternatives) {

    /** Copies the groups. */
    public Branch {
      alternatives = alternatives.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A party to dial.
   *
   * @param endpoint the endpoint, such as {@code loopback}: the text before the first {@code /}
   * @param destination the text after the first {@code /}
   * @param variables the variables of the channel. If a name repeats, the last value wins, and the
   *     block {@code {…}} wins over {@code […]}; as in FreeSWITCH, a variable whose value refers to
   *     another variable is left out
   * @param options the variables that control dialling, such as {@code origination_uuid}; if a name
   *     repeats, the first value wins, and names are case-insensitive
   */
  public record Leg(
      String endpoint,
      String destination,
      Map<String, String> variables,
      Map<String, String> options) {

    /**
     * Returns the leg as written in the dial string, without variables.
     *
     * @return the endpoint and the destination
     */
    public String target() {
      return endpoint + "/" + destination;
    }

    /**
     * Returns an option.
     *
     * @param name the option's name
     * @return the option's value, or empty if it is not set
     */
    public Optional<String> option(String name) {
      return Optional.ofNullable(options.get(name));
    }
  }

  /**
   * Parses a dial string.
   *
   * @param text the dial string
   * @param inherited the variables that all legs inherit; they precede those of the dial string
   * @return the parsed dial string
   */
  public static DialString of(String text, Map<String, String> inherited) {
    List<Map.Entry<String, String>> variables = new ArrayList<>(inherited.entrySet());
    List<Branch> branches = new ArrayList<>();
    if (!text.contains(BETWEEN_BRANCHES)) {
      branch(text, variables).ifPresent(branches::add);
      return new DialString(branches);
    }
    Optional<String> rest = blocks(Words.withoutBlanks(text), '<', '>', variables);
    if (rest.isPresent()) {
      for (String part : Words.parts(rest.get(), BETWEEN_BRANCHES, MAX_LEGS)) {
        branch(part, variables).ifPresent(branches::add);
      }
    }
    return new DialString(branches);
  }

  private static Optional<Branch> branch(String text, List<Map.Entry<String, String>> inherited) {
    boolean nested = text.toLowerCase(Locale.ROOT).contains(NESTED);
    Predicate<String> allowed = value -> nested || !Substitution.mentionsVariable(value);
    List<Map.Entry<String, String>> variables = new ArrayList<>(inherited);
    return blocks(Words.withoutBlanks(text), '<', '>', variables)
        .flatMap(rest -> blocks(rest, '{', '}', variables))
        .map(Words::withoutBlanks)
        .filter(rest -> !rest.isEmpty())
        .flatMap(rest -> {
          List<List<Leg>> alternatives = new ArrayList<>();
          for (String alternative : Words.of(rest, '|', MAX_LEGS)) {
            List<Leg> legs = new ArrayList<>();
            for (String leg : Words.of(commasInBlocks(alternative), ',', MAX_LEGS)) {
              Optional<Leg> read = leg(leg, variables, allowed);
              if (read.isEmpty()) {
                // Keep the legs before the malformed one: by then, FreeSWITCH has dialled them.
                alternatives.add(legs);
                return Optional.of(new Branch(alternatives));
              }
              legs.add(read.get());
            }
            alternatives.add(legs);
          }
          return Optional.of(new Branch(alternatives));
        });
  }

  /** Removes the blocks at the start of a string; returns empty if one of them is not closed. */
  private static Optional<String> blocks(
      String text, char open, char close, List<Map.Entry<String, String>> into) {
    String rest = text;
    while (!rest.isEmpty() && rest.charAt(0) == open) {
      Optional<Brackets> block = Brackets.read(rest, open, close, ',');
      if (block.isEmpty()) {
        return Optional.empty();
      }
      into.addAll(block.get().variables());
      rest = block.get().rest();
    }
    return Optional.of(rest);
  }

  /** Masks commas inside {@code […]}, which do not separate legs. */
  private static String commasInBlocks(String text) {
    StringBuilder marked = new StringBuilder(text);
    int end = -1;
    boolean quoted = false;
    boolean ownSeparator = false;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (end < 0 && c == '[') {
        end = Brackets.end(text.substring(i), '[', ']');
        end = end < 0 ? -1 : i + end;
        ownSeparator = text.startsWith("^^", i + 1);
        quoted = false;
      }
      quoted ^= c == '\'';
      if (c == ',' && i < end && marked.charAt(i - 1) != '\\') {
        marked.setCharAt(i, quoted || ownSeparator ? QUOTED_COMMA : COMMA);
      }
      if (i == end) {
        end = -1;
      }
    }
    return marked.toString();
  }

  private static Optional<Leg> leg(
      String text, List<Map.Entry<String, String>> shared, Predicate<String> allowed) {
    List<Map.Entry<String, String>> own = new ArrayList<>();
    String rest = Words.withoutBlanks(text);
    while (rest.startsWith("[")) {
      Optional<Brackets> block = Brackets.read(rest.replace(QUOTED_COMMA, ','), '[', ']', COMMA);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      own.addAll(block.get().variables());
      rest = block.get().rest();
    }
    rest = Words.withoutBlanks(rest);
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    shared.forEach(each -> options.putIfAbsent(each.getKey(), each.getValue()));
    own.forEach(each -> options.putIfAbsent(each.getKey(), each.getValue()));
    boolean ownLast = "true".equalsIgnoreCase(options.get("local_var_clobber"));
    Map<String, String> variables = new LinkedHashMap<>();
    for (List<Map.Entry<String, String>> part :
        ownLast ? List.of(shared, own) : List.of(own, shared)) {
      part.stream()
          .filter(each -> !each.getKey().isEmpty() && allowed.test(each.getValue()))
          .forEach(each -> {
            variables.remove(each.getKey());
            variables.put(each.getKey(), each.getValue());
          });
    }
    int slash = rest.indexOf('/');
    return Optional.of(
        new Leg(
            slash < 0 ? rest : rest.substring(0, slash),
            slash < 0 ? "service" : rest.substring(slash + 1),
            variables,
            options));
  }
}

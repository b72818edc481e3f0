package dev.callflow.api.route;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.Violations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query parameters of an operation. Immutable.
 *
 * @param rules what values each parameter may have; a name that ends with {@code *} stands for all
 *     that begin like it
 * @param others what happens to other parameters
 */
public record Parameters(Map<String, ParameterRule> rules, Others others) {

  /** What happens to parameters that an operation does not know. */
  public enum Others {
    /** The operation uses them, whatever their names. */
    USED,
    /**
     * They are ignored, and the reply names them: on Kazoo's paths, where its clients add
     * parameters of their own.
     */
    IGNORED,
    /** The request is refused: on paths that Kazoo does not have. */
    REFUSED
  }

  /** The header that names the ignored parameters. */
  public static final String IGNORED_HEADER = "Callflow-Ignored-Parameters";

  /** Parameters that are not checked. */
  public static final Parameters UNCHECKED = new Parameters(Map.of(), Others.USED);

  /** The parameters of one of Kazoo's paths that has none of its own. */
  public static final Parameters KAZOO = new Parameters(Map.of(), Others.IGNORED);

  /** The parameters of a path of our own that has none. */
  public static final Parameters OWN = new Parameters(Map.of(), Others.REFUSED);

  /** Parameters of every operation, which are read before it is found. */
  private static final Set<String> COMMON = Set.of("verb", "auth_token", "ticket");

  private static final int MAX_NAMED = 10;
  private static final int MAX_NAME = 60;

  /** Copies the rules. */
  public Parameters {
    rules = Map.copyOf(rules);
  }

  /**
   * Returns a copy with another parameter.
   *
   * @param name the name
   * @param rule what values it may have
   * @return the parameters
   */
  public Parameters with(String name, ParameterRule rule) {
    Map<String, ParameterRule> all = new TreeMap<>(rules);
    all.put(name, rule);
    return new Parameters(all, others);
  }

  /**
   * Checks the parameters of a request.
   *
   * @param query the decoded parameters
   * @return the refusal, with status 400; empty if the parameters are valid
   */
  public Optional<Answer> check(Map<String, String> query) {
    for (Map.Entry<String, String> parameter : new TreeMap<>(query).entrySet()) {
      Optional<ParameterRule> rule = rule(parameter.getKey());
      if (rule.isPresent() && !rule.get().valid().test(parameter.getValue())) {
        return Optional.of(
            Violations.of(
                parameter.getKey(),
                "query",
                "must be " + rule.get().expected() + ", in the query"));
      }
    }
    Set<String> unknown = unknown(query);
    return others == Others.REFUSED && !unknown.isEmpty()
        ? Optional.of(
            Violations.of(
                shown(unknown.iterator().next()),
                "additionalProperties",
                "is not a parameter of this path; "
                    + (rules.isEmpty() ? "it has none" : "known are " + known())))
        : Optional.empty();
  }

  /**
   * Returns the value of the header that names the ignored parameters.
   *
   * @param query the decoded parameters
   * @return the value, in which other characters than letters, digits and {@code . - _ *} are
   *     encoded; empty if no parameter is ignored
   */
  public Optional<String> ignored(Map<String, String> query) {
    Set<String> unknown = others == Others.IGNORED ? unknown(query) : Set.of();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", unknown.stream().limit(MAX_NAMED).map(Parameters::shown).toList()));
  }

  private Optional<ParameterRule> rule(String name) {
    return Optional.ofNullable(rules.get(name))
        .or(() ->
            rules.entrySet().stream()
                .filter(it -> it.getKey().endsWith("*"))
                .filter(it -> name.startsWith(it.getKey().substring(0, it.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst());
  }

  private Set<String> unknown(Map<String, String> query) {
    Set<String> unknown = new TreeSet<>();
    for (String name : query.keySet()) {
      if (!COMMON.contains(name) && rule(name).isEmpty()) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private List<String> known() {
    return rules.keySet().stream().sorted().toList();
  }

  private static String shown(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return encoded.length() > MAX_NAME ? encoded.substring(0, MAX_NAME) + "..." : encoded;
  }
}

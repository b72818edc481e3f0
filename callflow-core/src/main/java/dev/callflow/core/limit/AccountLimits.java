package dev.callflow.core.limit;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.LayeredSettings;
import dev.callflow.core.document.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The maximum of each limit, and the destinations that may be called. Immutable.
 *
 * @param maxima the maximum of each limit, from 0 to 1,000,000; 0 means that nothing is granted
 * @param destinations the destinations that may be called
 */
public record AccountLimits(Map<Limit, Integer> maxima, DestinationRules destinations) {

  private static final int MAX = 1_000_000;

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load("limits", AccountLimits.class.getResourceAsStream("limits.json"));

  private static final List<String> KEYS =
      List.copyOf(SCHEMA.source().path("properties").propertyNames());

  /**
   * Copies the maxima; limits without one get the standard maximum.
   *
   * @throws IllegalArgumentException if a maximum is out of range
   */
  public AccountLimits {
    Map<Limit, Integer> all = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      int max = maxima.getOrDefault(limit, limit.standard());
      if (max < 0 || max > MAX) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s must be 0 to %d, but is %d", limit.key(), MAX, max));
      }
      all.put(limit, max);
    }
    maxima = Map.copyOf(all);
  }

  /**
   * Returns the limits that apply if none are configured.
   *
   * @return the standard maximum of each limit, and {@link DestinationRules#standard}
   */
  public static AccountLimits standard() {
    return new AccountLimits(Map.of(), DestinationRules.standard());
  }

  /**
   * Returns the schema of the section {@code limits} of a configuration, for editors and
   * documentation.
   *
   * @return a copy of the schema (JSON Schema, draft 7)
   */
  public static ObjectNode schema() {
    return SCHEMA.source();
  }

  /**
   * Returns these limits with another maximum.
   *
   * @param limit the limit
   * @param max its maximum, from 0 to 1,000,000
   * @return the limits
   */
  public AccountLimits with(Limit limit, int max) {
    Map<Limit, Integer> all = new EnumMap<>(maxima);
    all.put(limit, max);
    return new AccountLimits(all, destinations);
  }

  /**
   * Returns these limits with other rules for destinations.
   *
   * @param rules the rules
   * @return the limits
   */
  public AccountLimits with(DestinationRules rules) {
    return new AccountLimits(maxima, rules);
  }

  /**
   * Returns the maximum of a limit.
   *
   * @param limit the limit
   * @return the maximum
   */
  public int max(Limit limit) {
    return maxima.getOrDefault(limit, limit.standard());
  }

  /**
   * Returns these limits, overridden by the section {@code limits} of the configuration. Invalid
   * values of the section are ignored.
   *
   * @param section the account's section, layered over the system's
   * @return the limits
   */
  public AccountLimits overriddenBy(LayeredSettings section) {
    if (section.account().isEmpty() && section.system().isEmpty()) {
      return this;
    }
    Map<Limit, Integer> all = new EnumMap<>(maxima);
    for (Limit limit : Limit.values()) {
      integer(section.account(), limit)
          .or(() -> integer(section.system(), limit))
          .ifPresent(max -> all.put(limit, max));
    }
    return new AccountLimits(
        all,
        new DestinationRules(
            texts(section, "allowed_prefixes").orElse(destinations.allowed()),
            texts(section, "forbidden_prefixes").orElse(destinations.forbidden()),
            texts(section, "premium_prefixes").orElse(destinations.premium()),
            texts(section, "allowed_sip_hosts").or(destinations::sipHosts),
            section.bool("own_numbers").orElse(destinations.ownNumbers())));
  }

  private static Optional<Integer> integer(ObjectNode section, Limit limit) {
    return Json.integer(section, limit.key()).filter(max -> max >= 0 && max <= MAX);
  }

  /** Reads a list of strings; a single string is a list of one. */
  private static Optional<List<String>> texts(LayeredSettings section, String key) {
    return section
        .value(key)
        .filter(value -> value.isArray() || value.isString())
        .map(value -> {
          List<String> all = new ArrayList<>();
          (value.isArray() ? value.values() : List.<JsonNode>of(value))
              .forEach(entry -> all.add(entry.asString("")));
          return all;
        });
  }

  /**
   * Checks a section {@code limits} of the configuration.
   *
   * @param section the section
   * @return the problems, with JSON pointers from the section; empty if it is valid
   */
  public static List<Problem> check(ObjectNode section) {
    List<Problem> problems = new ArrayList<>(SCHEMA.check(section));
    for (String key : section.propertyNames()) {
      if (!KEYS.contains(key)) {
        problems.add(
            new Problem(
                JsonPointer.empty().appendProperty(key),
                "is unknown; expected one of " + String.join(", ", KEYS)));
      }
    }
    return List.copyOf(problems);
  }

  /**
   * Checks the section {@code limits} of a configuration, if there is one.
   *
   * @param config the configuration of the system or of an account
   * @return the problems, with JSON pointers from the configuration; empty if there are none
   */
  public static List<Problem> checkConfig(ObjectNode config) {
    JsonPointer place = JsonPointer.empty().appendProperty("limits");
    return switch (config.get("limits")) {
      case null -> List.of();
      case ObjectNode section ->
          check(section).stream().map(problem -> problem.under(place)).toList();
      case JsonNode other -> List.of(new Problem(place, "must be an object"));
    };
  }
}

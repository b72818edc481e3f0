package dev.callflow.api.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a token may be used for, within the accounts that it gives access to. */
public enum Scope {
  /** Reading documents without their PINs, running conferences, events and history. */
  READ,
  /** Actions on conferences and participants. */
  CONTROL,
  /** Changing documents, and reading them with their PINs. */
  DOCUMENTS,
  /** Tokens, users' passwords, webhooks, the audit and the accounts themselves. */
  ADMIN;

  /** All scopes. */
  public static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

  /** The names of all scopes, for messages. */
  static final String KEYS = "\"read\", \"control\", \"documents\" and \"admin\"";

  /**
   * Returns the name in documents and requests.
   *
   * @return the name in lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a scope by its name.
   *
   * @param key the name in lower case
   * @return the scope; empty if there is none with this name
   */
  public static Optional<Scope> of(String key) {
    return Stream.of(values()).filter(scope -> scope.key().equals(key)).findFirst();
  }

  /**
   * Reads a list of names.
   *
   * @param names the JSON value
   * @return the scopes; empty if the value is not a list of one or more names of scopes
   */
  public static Optional<Set<Scope>> read(JsonNode names) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode name : names.values()) {
      Optional<Scope> scope = name.isString() ? of(name.asString()) : Optional.empty();
      if (scope.isEmpty()) {
        return Optional.empty();
      }
      scopes.add(scope.get());
    }
    return names.isArray() && !scopes.isEmpty() ? Optional.of(scopes) : Optional.empty();
  }

  /**
   * Writes a list of names.
   *
   * @param scopes the scopes
   * @return the names, in the order in which this type lists them
   */
  public static ArrayNode write(Set<Scope> scopes) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    Stream.of(values()).filter(scopes::contains).map(Scope::key).forEach(names::add);
    return names;
  }
}

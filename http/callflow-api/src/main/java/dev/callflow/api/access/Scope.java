package dev.callflow.api.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
}

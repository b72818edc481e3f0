package dev.callflow.api.login;

import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What a user document says about the logins of the user. */
final class UserPrivileges {

  /** The keys that decide about logins. */
  private static final List<String> KEYS = List.of("username", "priv_level", "enabled");

  private UserPrivileges() {}

  /** Returns whether the user may do everything in the account. */
  static boolean isAdmin(ObjectNode user) {
    return Json.text(user, "priv_level").filter("admin"::equals).isPresent();
  }

  /** Returns whether logins of before must not go on after a change. */
  static boolean differ(ObjectNode before, ObjectNode after) {
    return KEYS.stream().anyMatch(key -> !Objects.equals(before.get(key), after.get(key)));
  }
}

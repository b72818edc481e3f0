package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.setup.UserRights;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks the addresses, passwords and users of event-socket clients.
 *
 * @param password the password for {@code auth}
 * @param users the users who may log in with {@code userauth}, by name
 * @param accessList returns whether connections from an address are accepted
 */
public record Logins(String password, Map<String, User> users, Predicate<InetAddress> accessList) {

  /** A user who may log in. */
  public record User(String password, UserRights rights) {

    /** Hides the password. */
    @Override
    public String toString() {
      return "User[rights=" + rights + "]";
    }
  }

  boolean admits(InetAddress address) {
    return accessList.test(address);
  }

  boolean accepts(String offered) {
    return offered.equals(password);
  }

  Optional<UserRights> user(String name, String offered) {
    return Optional.ofNullable(users.get(name))
        .filter(user -> user.password().equals(offered))
        .map(User::rights);
  }

  /** Hides the passwords. */
  @Override
  public String toString() {
    return "Logins[users=" + users.keySet() + "]";
  }
}

package dev.callflow.simulator.wire.socket;

import dev.callflow.simulator.wire.setup.UserRights;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks addresses, passwords and users of the event socket.
 *
 * @param password what {@code auth} must say
 * @param users who may log in with {@code userauth}, by name
 * @param accessList tells of an address whether its connections are taken
 */
public record Logins(String password, Map<String, User> users, Predicate<InetAddress> accessList) {

  /** Somebody who may log in, and with which rights. */
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

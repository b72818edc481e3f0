package dev.callflow.api.delivery;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides where events may be sent: with HTTPS to public addresses, and anywhere if the host's
 * configuration names the target. Immutable.
 */
final class AllowedTargets {

  private static final Pattern TARGET =
      Pattern.compile(
          "([A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])"
              + "(?::([0-9]{1,5}))?");

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*\\]");

  private record Target(String host, Optional<Integer> port) {}

  private final Set<Target> named;

  private AllowedTargets(Set<Target> named) {
    this.named = named;
  }

  /**
   * @param targets names or addresses, each with a port or without one for all ports
   * @throws IllegalArgumentException if a target is not of this form
   */
  static AllowedTargets of(Collection<String> targets) {
    return new AllowedTargets(
        targets.stream().map(AllowedTargets::target).collect(Collectors.toUnmodifiableSet()));
  }

  private static Target target(String text) {
    Matcher parts = TARGET.matcher(text);
    Optional<Integer> port =
        parts.matches()
            ? Optional.ofNullable(parts.group(2)).map(Integer::valueOf)
            : Optional.empty();
    if (!parts.matches() || port.filter(it -> it < 1 || it > 65_535).isPresent()) {
      throw new IllegalArgumentException(
          "not a target of webhooks: "
              + text
              + "; expected a host, with or without a port, for instance 10.1.2.3 or"
              + " hooks.example.com:8443");
    }
    return new Target(parts.group(1).toLowerCase(Locale.ROOT), port);
  }

  /** Returns why nothing may be sent to a URL, judged by its text alone. */
  Optional<String> refusal(URI target) {
    boolean secure = "https".equalsIgnoreCase(target.getScheme());
    String host = target.getHost();
    if (!secure && !"http".equalsIgnoreCase(target.getScheme())) {
      return Optional.of("must begin with https://");
    }
    if (isNamed(host, port(target))) {
      return Optional.empty();
    }
    if (!secure) {
      return Optional.of("must begin with https://; this host does not allow http to " + host);
    }
    return isPublicName(host)
        ? Optional.empty()
        : Optional.of(host + " is not public, and this host does not allow webhooks to it");
  }

  static int port(URI target) {
    int standard = "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    return target.getPort() == -1 ? standard : target.getPort();
  }

  /** Returns whether connections to an address that a name has been resolved to are allowed. */
  boolean allows(String host, int port, InetAddress address) {
    return isNamed(host, port) || PublicAddress.is(address);
  }

  private boolean isNamed(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    String bracketed = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    return named.contains(new Target(bracketed, Optional.empty()))
        || named.contains(new Target(bracketed, Optional.of(port)));
  }

  private static boolean isPublicName(String host) {
    if (!LITERAL.matcher(host).matches()) {
      return host.contains(".");
    }
    try {
      // A literal is not looked up.
      return PublicAddress.is(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

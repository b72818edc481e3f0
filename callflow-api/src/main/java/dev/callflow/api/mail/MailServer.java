package dev.callflow.api.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes mail, and how it is spoken to.
 *
 * <p>Immutable; never shows the password.
 */
public final class MailServer {

  private static final String LOOPBACK = "localhost|127(\\.\\d{1,3}){3}|\\[?::1\\]?";

  /** How what is said to the server is kept from others. */
  enum Encryption {
    /** Encrypted if the server offers it; who the server is is not checked. */
    IF_OFFERED("smtp", 25),
    /** Encrypted after a greeting in the clear; the certificate is checked. */
    STARTTLS("smtp+starttls", 587),
    /** Encrypted from the first byte on; the certificate is checked. */
    TLS("smtps", 465);

    private final String scheme;
    private final int port;

    Encryption(String scheme, int port) {
      this.scheme = scheme;
      this.port = port;
    }
  }

  private final Encryption encryption;
  private final String host;
  private final int port;
  private final @Nullable Login login;

  /** Who we are to the server. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  private MailServer(Encryption encryption, String host, int port, @Nullable Login login) {
    this.encryption = encryption;
    this.host = host;
    this.port = port;
    this.login = login;
  }

  /**
   * Reads an address: {@code smtp://host} (port 25, encrypted if the server offers it, as mail
   * servers do among themselves), {@code smtp+starttls://host} (port 587) or {@code smtps://host}
   * (port 465), which check the server's certificate.
   *
   * @param address the address; a user or password in it is refused
   * @return the server
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  public static MailServer of(String address) {
    try {
      return of(new URI(address));
    } catch (URISyntaxException e) {
      // Its message repeats what may be a password.
      throw noServer();
    }
  }

  private static MailServer of(URI address) {
    for (Encryption encryption : Encryption.values()) {
      if (encryption.scheme.equalsIgnoreCase(address.getScheme())
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getRawPath().matches("/?")
          && address.getRawQuery() == null) {
        int port = address.getPort() < 0 ? encryption.port : address.getPort();
        return new MailServer(encryption, address.getHost(), port, null);
      }
    }
    throw noServer();
  }

  private static IllegalArgumentException noServer() {
    return new IllegalArgumentException(
        "a mail server is smtp://, smtp+starttls:// or smtps:// with a host and a port,"
            + " without a user and password");
  }

  /**
   * Says who we are to the server.
   *
   * @param user the user
   * @param password the password
   * @return the server
   * @throws IllegalArgumentException if the password would go over a network in the clear: {@code
   *     smtp://} to another machine
   */
  public MailServer login(String user, String password) {
    if (encryption == Encryption.IF_OFFERED && !host.matches(LOOPBACK)) {
      throw new IllegalArgumentException(
          "a password needs smtp+starttls:// or smtps://, else others may read it");
    }
    return new MailServer(encryption, host, port, new Login(user, password));
  }

  Encryption encryption() {
    return encryption;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Optional<Login> login() {
    return Optional.ofNullable(login);
  }

  /** Shows where it is; never who we are to it. */
  @Override
  public String toString() {
    return encryption.scheme + "://" + host + ":" + port;
  }
}

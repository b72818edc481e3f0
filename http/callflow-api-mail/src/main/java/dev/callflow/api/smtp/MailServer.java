package dev.callflow.api.smtp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a mail server, with the encryption and credentials to use.
 *
 * <p>Immutable. The password appears in no string or message.
 */
public final class MailServer {

  private static final String LOOPBACK = "localhost|127(\\.\\d{1,3}){3}|\\[?::1\\]?";

  /** The encryption of connections to the server. */
  enum Encryption {
    /** Encrypted if the server offers encryption; the certificate is not verified. */
    IF_OFFERED("smtp", 25),
    /** Encrypted after an unencrypted greeting; the certificate is verified. */
    STARTTLS("smtp+starttls", 587),
    /** Encrypted from the first byte; the certificate is verified. */
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

  /** The credentials for the server. */
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
   * Parses an address: {@code smtp://host} (port 25), {@code smtp+starttls://host} (port 587) or
   * {@code smtps://host} (port 465). With the first, the connection is encrypted only if the server
   * offers encryption, as is usual between mail servers; with the other two, it is always encrypted
   * and the server's certificate is verified.
   *
   * @param address the address, with an optional port and without a user or password
   * @return the server
   * @throws IllegalArgumentException if the address is invalid; the message does not repeat it
   */
  public static MailServer of(String address) {
    try {
      return of(new URI(address));
    } catch (URISyntaxException e) {
      // The exception's message quotes the address, which may contain a password.
      throw invalidAddress();
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
    throw invalidAddress();
  }

  private static IllegalArgumentException invalidAddress() {
    return new IllegalArgumentException(
        "the mail server must be an smtp://, smtp+starttls:// or smtps:// URL with a host and an"
            + " optional port, but without a user or password");
  }

  /**
   * Returns a copy with credentials.
   *
   * @param user the user
   * @param password the password
   * @return the server
   * @throws IllegalArgumentException if the password could be sent over a network unencrypted, that
   *     is, if the scheme is {@code smtp} and the server is on another machine
   */
  public MailServer login(String user, String password) {
    if (encryption == Encryption.IF_OFFERED && !host.matches(LOOPBACK)) {
      throw new IllegalArgumentException(
          "a password requires smtp+starttls:// or smtps://, so that it is not sent unencrypted");
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

  /** Returns the address without credentials. */
  @Override
  public String toString() {
    return encryption.scheme + "://" + host + ":" + port;
  }
}

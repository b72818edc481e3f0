package dev.callflow.conference.mixer;

/**
 * Whom a mixer's switch can call. Every part is checked here, so that what a port makes of it holds
 * nothing but what its form allows.
 */
public sealed interface DialTarget {

  /**
   * An address on the network.
   *
   * @param user who: letters, digits and {@code . _ + * # -}
   * @param host where: a name or an IPv4 address
   * @param port at which port; 0 for the usual one
   * @param secure whether signalling must be encrypted ({@code sips:})
   */
  record Address(String user, String host, int port, boolean secure) implements DialTarget {

    /** Refuses parts that could mean anything else. */
    public Address {
      if (!isUser(user) || !isHost(host) || port < 0 || port > 65_535) {
        throw new IllegalArgumentException("not a SIP address");
      }
    }
  }

  /**
   * A telephone that has registered with the switch.
   *
   * @param user its name: letters, digits and {@code . _ + * # -}
   * @param realm its domain
   */
  record Registered(String user, String realm) implements DialTarget {

    /** Refuses parts that could mean anything else. */
    public Registered {
      if (!isUser(user) || !isHost(realm)) {
        throw new IllegalArgumentException("not a registered telephone");
      }
    }
  }

  /**
   * A number, called as if somebody of the account had dialled it: through its callflow.
   *
   * @param number digits, {@code *} and {@code #}, perhaps {@code +} before them
   */
  record Number(String number) implements DialTarget {

    /** Refuses what is no number. */
    public Number {
      if (!isNumber(number)) {
        throw new IllegalArgumentException("not a number");
      }
    }
  }

  /**
   * Tells whether a text can be the user of an address.
   *
   * @param text the text
   * @return whether it can
   */
  static boolean isUser(String text) {
    return text.matches("[A-Za-z0-9._+*#-]{1,64}");
  }

  /**
   * Tells whether a text can be the host of an address.
   *
   * @param text the text
   * @return whether it can
   */
  static boolean isHost(String text) {
    return text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?") && !text.contains("..");
  }

  /**
   * Tells whether a text can be dialled.
   *
   * @param text the text
   * @return whether it can
   */
  static boolean isNumber(String text) {
    return text.matches("\\+?[0-9*#]{1,32}");
  }
}

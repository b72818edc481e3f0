package dev.callflow.conference.mixer;

/**
 * A party that a mixer's switch can call. The constructors check every part, so that dial strings
 * built from a target cannot contain anything unexpected.
 */
public sealed interface DialTarget {

  /**
   * A SIP address.
   *
   * @param user the user: letters, digits and {@code . _ + * # -}
   * @param host the host: a name or an IPv4 address
   * @param port the port; 0 for the default
   * @param secure whether signalling must be encrypted ({@code sips:})
   */
  record Address(String user, String host, int port, boolean secure) implements DialTarget {

    /** Rejects invalid parts; the exception's message does not contain them. */
    public Address {
      if (!isUser(user) || !isHost(host) || port < 0 || port > 65_535) {
        throw new IllegalArgumentException("the user, host or port of the SIP address is invalid");
      }
    }
  }

  /**
   * A telephone that is registered with the switch.
   *
   * @param user the telephone's user name: letters, digits and {@code . _ + * # -}
   * @param realm the telephone's domain
   */
  record Registered(String user, String realm) implements DialTarget {

    /** Rejects invalid parts; the exception's message does not contain them. */
    public Registered {
      if (!isUser(user) || !isHost(realm)) {
        throw new IllegalArgumentException("the user name or domain of the telephone is invalid");
      }
    }
  }

  /**
   * A number, dialled as if a user of the account had dialled it: the call runs the number's
   * callflow.
   *
   * @param number digits, {@code *} and {@code #}, optionally after a {@code +}
   */
  record Number(String number) implements DialTarget {

    /** Rejects a string that is not a number; the exception's message does not contain it. */
    public Number {
      if (!isNumber(number)) {
        throw new IllegalArgumentException("the string is not a number that can be dialled");
      }
    }
  }

  /**
   * Returns whether a string can be the user part of an address.
   *
   * @param text the string
   * @return true if it can
   */
  static boolean isUser(String text) {
    return text.matches("[A-Za-z0-9._+*#-]{1,64}");
  }

  /**
   * Returns whether a string can be the host of an address.
   *
   * @param text the string
   * @return true if it can
   */
  static boolean isHost(String text) {
    return text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?") && !text.contains("..");
  }

  /**
   * Returns whether a string is a number that can be dialled.
   *
   * @param text the string
   * @return true if it is such a number
   */
  static boolean isNumber(String text) {
    return text.matches("\\+?[0-9*#]{1,32}");
  }
}

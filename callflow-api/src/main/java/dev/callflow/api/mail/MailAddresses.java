package dev.callflow.api.mail;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.regex.Pattern;

/** Which addresses of mail are good. */
public final class MailAddresses {

  /** Only what every server takes: a name and a domain in ASCII; no names, routes or comments. */
  static final EmailValidator VALIDATOR =
      JMail.strictValidator()
          .disallowQuotedIdentifiers()
          .disallowObsoleteWhitespace()
          .requireAscii();

  /** The library takes quoted texts for good, and in them almost anything. */
  private static final Pattern PLAIN = Pattern.compile("[^\\s\\p{Cntrl}\"(),:;<>\\[\\]\\\\]+");

  private MailAddresses() {}

  /**
   * Tells whether mail can be sent to an address.
   *
   * @param address what may be an address
   * @return whether it is one, alone and without a name before it
   */
  public static boolean isGood(String address) {
    return PLAIN.matcher(address).matches() && VALIDATOR.isValid(address);
  }
}

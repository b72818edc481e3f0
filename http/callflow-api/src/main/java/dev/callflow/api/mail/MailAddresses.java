package dev.callflow.api.mail;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.regex.Pattern;

/** Validates email addresses. */
public final class MailAddresses {

  /** Accepts plain ASCII addresses only, without display names, routes or comments. */
  private static final EmailValidator VALIDATOR =
      JMail.strictValidator()
          .disallowQuotedIdentifiers()
          .disallowObsoleteWhitespace()
          .requireAscii();

  /** Excludes quoted strings, in which the library accepts almost any character. */
  private static final Pattern PLAIN = Pattern.compile("[^\\s\\p{Cntrl}\"(),:;<>\\[\\]\\\\]+");

  private MailAddresses() {}

  /**
   * Returns whether a string is an email address.
   *
   * @param address the string to check
   * @return whether it is a single address without a display name
   */
  public static boolean isGood(String address) {
    return PLAIN.matcher(address).matches() && VALIDATOR.isValid(address);
  }
}

package dev.callflow.api.smtp;

import dev.callflow.api.mail.MailAddresses;
import dev.callflow.api.smtp.MailServer.Encryption;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailValidationException;
import org.simplejavamail.mailer.MailerBuilder;

/** Sends emails to a server over SMTP, each on a separate connection. */
final class SmtpSender implements Delivery.Sender {

  /** Prevents an endless loop over a cyclic chain of causes. */
  private static final int MAX_CAUSES = 20;

  private final Mailer mailer;
  private final InternetAddress from;

  /**
   * @param replyTimeout the timeout for each exchange with the server; {@link MonitoredSender}
   *     limits the total time
   */
  SmtpSender(
      MailServer server, InternetAddress from, Duration replyTimeout, @Nullable SSLContext trust) {
    this.from = from;
    boolean verified = server.encryption() != Encryption.IF_OFFERED;
    mailer =
        MailerBuilder.withSMTPServer(
                server.host(),
                server.port(),
                server.login().map(MailServer.Login::user).orElse(null),
                server.login().map(MailServer.Login::password).orElse(null))
            .withTransportStrategy(strategy(server.encryption()))
            // The library trusts all hosts by default.
            .trustingAllHosts(!verified)
            .verifyingServerIdentity(verified)
            // deliver() checks addresses by the rules of the API.
            .clearEmailValidator()
            .withSessionTimeout(Math.toIntExact(replyTimeout.toMillis()))
            .withDebugLogging(false)
            .buildMailer();
    if (trust != null) {
      // The library's own setting for certificates affects only one of the two protocols.
      for (String protocol : List.of("smtp", "smtps")) {
        mailer
            .getSession()
            .getProperties()
            .put("mail." + protocol + ".ssl.socketFactory", trust.getSocketFactory());
      }
    }
  }

  private static TransportStrategy strategy(Encryption encryption) {
    return switch (encryption) {
      case IF_OFFERED -> TransportStrategy.SMTP;
      case STARTTLS -> TransportStrategy.SMTP_TLS;
      case TLS -> TransportStrategy.SMTPS;
    };
  }

  @Override
  public Delivery deliver(MailMessage mail) {
    if (!MailAddresses.isGood(mail.guest())) {
      return new Delivery.PermanentFailure("the guest's address is not valid");
    }
    try {
      mailer.sendMail(email(mail), false);
      return new Delivery.Sent();
    } catch (MailValidationException e) {
      return new Delivery.PermanentFailure(name(e));
    } catch (MailException e) {
      return delivery(e);
    }
  }

  private Email email(MailMessage mail) throws MailException {
    EmailPopulatingBuilder email =
        EmailBuilder.startingBlank()
            .from(from)
            .to(mail.guest())
            .withSubject(mail.subject())
            .withPlainText(mail.text())
            .withHeader("Auto-Submitted", "auto-generated");
    mail.html().ifPresent(email::withHTMLText);
    return email.buildEmail();
  }

  /**
   * Reports only exception types and reply codes, because the messages of servers and libraries
   * contain addresses.
   */
  private static Delivery delivery(MailException failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      Optional<Integer> code = code(cause);
      if (code.isPresent()) {
        String reason = "the mail server replied " + code.get();
        return isTemporary(code.get())
            ? new Delivery.TemporaryFailure(reason)
            : new Delivery.PermanentFailure(reason);
      }
      if (cause instanceof AuthenticationFailedException) {
        String reason = "the mail server refused the user and password";
        // The reply code is available only as the start of this message.
        return String.valueOf(cause.getMessage()).startsWith("4")
            ? new Delivery.TemporaryFailure(reason)
            : new Delivery.PermanentFailure(reason);
      }
    }
    return new Delivery.Unreachable(name(causes.getLast()));
  }

  private static boolean isTemporary(int code) {
    return code / 100 == 4;
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null && causes.size() < MAX_CAUSES; at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }

  private static Optional<Integer> code(Throwable failure) {
    int code =
        switch (failure) {
          case SMTPSendFailedException e -> e.getReturnCode();
          case SMTPAddressFailedException e -> e.getReturnCode();
          case SMTPSenderFailedException e -> e.getReturnCode();
          default -> -1;
        };
    return code > 0 ? Optional.of(code) : Optional.empty();
  }

  private static String name(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}

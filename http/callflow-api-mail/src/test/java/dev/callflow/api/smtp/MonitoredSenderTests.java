package dev.callflow.api.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoredSenderTests {

  private static final MailServer SERVER = MailServer.of("smtp://localhost:25");
  private static final MailMessage MAIL =
      new MailMessage("a@example.com", "Invitation", "Come.", Optional.empty());

  @Test
  void aResultWithinTheTimeoutIsReturned() {
    Delivery outcome = new Delivery.PermanentFailure("no such user");

    assertThat(monitored(mail -> outcome, Duration.ofHours(1)).deliver(MAIL)).isEqualTo(outcome);
  }

  @Test
  void anAttemptThatTakesTooLongIsInterruptedAndFailsTemporarily() {
    CountDownLatch never = new CountDownLatch(1);
    Delivery.Sender slow =
        mail -> {
          try {
            never.await();
            return new Delivery.Sent();
          } catch (InterruptedException e) {
            return new Delivery.PermanentFailure("interrupted");
          }
        };

    assertThat(monitored(slow, Duration.ofMillis(1)).deliver(MAIL))
        .isEqualTo(new Delivery.TemporaryFailure("the mail server took too long"));
  }

  @Test
  void anEmailAcceptedAtTheLastMomentCountsAsSent() {
    CountDownLatch never = new CountDownLatch(1);
    Delivery.Sender late =
        mail -> {
          try {
            never.await();
            return new Delivery.PermanentFailure("not interrupted");
          } catch (InterruptedException e) {
            return new Delivery.Sent();
          }
        };

    assertThat(monitored(late, Duration.ofMillis(1)).deliver(MAIL)).isEqualTo(new Delivery.Sent());
  }

  @ParameterizedTest
  @CsvSource({"Sent,false", "Unreachable,true", "TemporaryFailure,true", "PermanentFailure,false"})
  void onlyFailuresThatMayPassAreRetried(String outcome, boolean retried) {
    Delivery delivery =
        switch (outcome) {
          case "Sent" -> new Delivery.Sent();
          case "Unreachable" -> new Delivery.Unreachable("no route");
          case "TemporaryFailure" -> new Delivery.TemporaryFailure("busy");
          default -> new Delivery.PermanentFailure("no");
        };

    assertThat(delivery.isWorthRetrying()).isEqualTo(retried);
  }

  private static Delivery.Sender monitored(Delivery.Sender inner, Duration timeout) {
    return new MonitoredSender(inner, SERVER, TimeSource.system(), timeout);
  }
}

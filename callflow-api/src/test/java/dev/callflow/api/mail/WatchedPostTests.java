package dev.callflow.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedPostTests {

  private static final MailServer SERVER = MailServer.of("smtp://localhost:25");
  private static final MailMessage MAIL =
      new MailMessage("a@example.com", "Invitation", "Come.", Optional.empty());

  @Test
  void theOutcomeInTimeIsTheOutcome() {
    Delivery outcome = new Delivery.Never("no such user");

    assertThat(post(mail -> outcome, Duration.ofHours(1)).deliver(MAIL)).isEqualTo(outcome);
  }

  @Test
  void aServerThatTakesTooLongIsInterruptedAndTriedAgainLater() {
    CountDownLatch never = new CountDownLatch(1);
    Delivery.Post slow =
        mail -> {
          try {
            never.await();
            return new Delivery.Sent();
          } catch (InterruptedException e) {
            return new Delivery.Never("interrupted");
          }
        };

    assertThat(post(slow, Duration.ofMillis(1)).deliver(MAIL))
        .isEqualTo(new Delivery.NotNow("the mail server has taken too long"));
  }

  @Test
  void aMailThatIsTakenInTheLastMomentIsSent() {
    CountDownLatch never = new CountDownLatch(1);
    Delivery.Post late =
        mail -> {
          try {
            never.await();
            return new Delivery.Never("not interrupted");
          } catch (InterruptedException e) {
            return new Delivery.Sent();
          }
        };

    assertThat(post(late, Duration.ofMillis(1)).deliver(MAIL)).isEqualTo(new Delivery.Sent());
  }

  @ParameterizedTest
  @CsvSource({"Sent,false", "Away,true", "NotNow,true", "Never,false"})
  void onlyWhatMayChangeIsWorthRetrying(String outcome, boolean worth) {
    Delivery delivery =
        switch (outcome) {
          case "Sent" -> new Delivery.Sent();
          case "Away" -> new Delivery.Away("no route");
          case "NotNow" -> new Delivery.NotNow("busy");
          default -> new Delivery.Never("no");
        };

    assertThat(delivery.isWorthRetrying()).isEqualTo(worth);
  }

  private static Delivery.Post post(Delivery.Post inner, Duration timeout) {
    return new WatchedPost(inner, SERVER, TimeSource.system(), timeout);
  }
}

package dev.callflow.api.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** How emails are queued, retried and given up, in virtual time. */
class MailedInvitationsTests {

  private static final RoomId RED = new RoomId(new AccountId("acme"), "red");

  private final VirtualTime time = new VirtualTime();
  private final List<MailReport> reports = new ArrayList<>();
  private final List<Duration> attempts = new ArrayList<>();
  private final Queue<Delivery> answers = new ArrayDeque<>();
  private final MailedInvitations.Builder builder =
      MailedInvitations.builder(
              MailServer.of("smtp://mail.example.com"), "noreply@example.com", time)
          .reported(reports::add);

  private Delivery answer(MailMessage mail) {
    attempts.add(time.elapsed());
    Delivery answer = answers.poll();
    return answer == null ? new Delivery.Sent() : answer;
  }

  private static GuestInvitation invitation(String... guests) {
    return new GuestInvitation(
        RED, "Red", "https://link.to/red", "Come!", List.of(guests), Json.object());
  }

  @Test
  void everyGuestGetsASeparateEmail() throws InterruptedException {
    MailedInvitations invitations = builder.build(this::answer);
    assertThat(invitations.send(invitation("a@example.com", "b@example.com"))).isTrue();
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(2);
    assertThat(reports).containsExactly(new MailReport.Sent(RED), new MailReport.Sent(RED));
  }

  @Test
  void anUnreachableServerIsRetriedWithGrowingPauses() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder.build(this::answer).send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(4);
    assertThat(attempts.get(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    assertThat(attempts.get(3)).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(42));
    String reason = "the mail server cannot be reached: ConnectException";
    assertThat(reports)
        .containsExactly(
            new MailReport.Delayed(RED, 1, reason),
            new MailReport.Delayed(RED, 2, reason),
            new MailReport.Delayed(RED, 3, reason),
            new MailReport.Sent(RED));
  }

  @Test
  void anEmailThatIsTemporarilyRefusedIsRetried() throws InterruptedException {
    answers.add(new Delivery.TemporaryFailure("the mail server replied 451"));
    builder.build(this::answer).send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(reports).last().isEqualTo(new MailReport.Sent(RED));
  }

  @Test
  void anEmailThatIsPermanentlyRefusedIsNotRetried() throws InterruptedException {
    answers.add(new Delivery.PermanentFailure("the mail server replied 550"));
    builder.build(this::answer).send(invitation("a@example.com", "b@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(2);
    assertThat(reports)
        .containsExactly(
            new MailReport.GivenUp(RED, "the mail server replied 550"), new MailReport.Sent(RED));
  }

  @Test
  void anEmailIsGivenUpAfterTheMaximumNumberOfAttempts() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder
        .retries(Duration.ofSeconds(1), Duration.ofSeconds(2), 3)
        .build(this::answer)
        .send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(3);
    assertThat(reports)
        .last()
        .isEqualTo(
            new MailReport.GivenUp(RED, "the mail server cannot be reached: ConnectException"));
  }

  @Test
  void anEmailIsGivenUpAfterTheDeadline() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder
        .retries(Duration.ofSeconds(20), Duration.ofSeconds(21), 100)
        .deadline(Duration.ofMinutes(1))
        .build(this::answer)
        .send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(attempts)
        .hasSizeBetween(3, 4)
        .allMatch(it -> it.compareTo(Duration.ofMinutes(1)) < 0);
    assertThat(reports).last().isEqualTo(new MailReport.GivenUp(RED, "the deadline has passed"));
  }

  @Test
  void anInvitationThatExceedsTheCapacityIsNotSentToAnyGuest() throws InterruptedException {
    MailedInvitations invitations = builder.capacity(2).build(this::answer);
    assertThat(invitations.send(invitation("a@example.com"))).isTrue();
    assertThat(invitations.send(invitation("b@example.com", "c@example.com"))).isFalse();
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(1);
    assertThat(invitations.send(invitation("b@example.com", "c@example.com"))).isTrue();
  }

  @Test
  void atMostFourEmailsAreSentAtOnce() throws InterruptedException {
    List<Duration> started = new ArrayList<>();
    MailedInvitations invitations =
        builder.build(mail -> {
          started.add(time.elapsed());
          try {
            time.<Boolean>inbox(1).poll(Duration.ofSeconds(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Delivery.Sent();
        });
    invitations.send(invitation("a@x.com", "b@x.com", "c@x.com", "d@x.com", "e@x.com", "f@x.com"));
    time.run(Duration.ofHours(1));
    assertThat(started.stream().map(Duration::toSeconds)).containsExactly(0L, 0L, 0L, 0L, 1L, 1L);
    assertThat(reports).hasSize(6);
  }

  @Test
  void anAttemptThatTakesTooLongIsAbandonedAndRetried() throws InterruptedException {
    MailedInvitations invitations =
        builder
            .attempt(Duration.ofSeconds(10))
            .build(mail -> {
              attempts.add(time.elapsed());
              try {
                time.<Boolean>inbox(1).poll(Duration.ofMinutes(attempts.size() == 1 ? 30 : 0));
              } catch (InterruptedException e) {
                return new Delivery.Unreachable("InterruptedException");
              }
              return new Delivery.Sent();
            });
    invitations.send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(reports)
        .containsExactly(
            new MailReport.Delayed(RED, 1, "the mail server took too long"),
            new MailReport.Sent(RED));
  }

  @Test
  void closingReportsTheWaitingEmails() throws InterruptedException {
    answers.add(new Delivery.Unreachable("ConnectException"));
    MailedInvitations invitations = builder.build(this::answer);
    invitations.send(invitation("a@example.com"));
    time.run(Duration.ofSeconds(2));
    invitations.close();
    time.run(Duration.ofHours(1));
    assertThat(attempts).hasSize(1);
    assertThat(reports).last().isEqualTo(new MailReport.GivenUp(RED, "the sender was closed"));
    assertThat(invitations.send(invitation("a@example.com"))).isFalse();
  }

  @Test
  void theSenderMustBeAnEmailAddress() {
    MailServer server = MailServer.of("smtp://mail.example.com");
    for (String from : List.of("", "nobody", "a@example.com\r\nBcc: b@example.com", "a b@c.com")) {
      assertThatThrownBy(() -> MailedInvitations.builder(server, from, time))
          .isInstanceOf(IllegalArgumentException.class);
    }
    MailedInvitations.builder(server, "Conferences <noreply@example.com>", time);
  }
}

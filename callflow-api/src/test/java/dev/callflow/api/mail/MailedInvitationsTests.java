package dev.callflow.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Mails that wait, are tried again, and given up, in virtual time. */
class MailedInvitationsTests {

  private static final RoomId RED = new RoomId(new AccountId("acme"), "red");

  private final VirtualTime time = new VirtualTime();
  private final List<MailReport> reports = new ArrayList<>();
  private final List<Duration> tries = new ArrayList<>();
  private final Queue<Delivery> answers = new ArrayDeque<>();
  private final MailedInvitations.Builder builder =
      MailedInvitations.builder(
              MailServer.of("smtp://mail.example.com"), "noreply@example.com", time)
          .reported(reports::add);

  private Delivery answer(MailMessage mail) {
    tries.add(time.elapsed());
    Delivery answer = answers.poll();
    return answer == null ? new Delivery.Sent() : answer;
  }

  private static GuestInvitation invitation(String... guests) {
    return new GuestInvitation(
        RED, "Red", "https://link.to/red", "Come!", List.of(guests), Json.object());
  }

  @Test
  void everyGuestGetsAMailOfHisOwn() throws InterruptedException {
    MailedInvitations invitations = builder.build(this::answer);
    assertThat(invitations.send(invitation("a@example.com", "b@example.com"))).isTrue();
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(2);
    assertThat(reports).containsExactly(new MailReport.Sent(RED), new MailReport.Sent(RED));
  }

  @Test
  void aServerThatIsAwayIsAskedAgainEverMoreRarely() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder.build(this::answer).send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(4);
    assertThat(tries.get(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    assertThat(tries.get(3)).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(42));
    String why = "the mail server cannot be reached: ConnectException";
    assertThat(reports)
        .containsExactly(
            new MailReport.Delayed(RED, 1, why),
            new MailReport.Delayed(RED, 2, why),
            new MailReport.Delayed(RED, 3, why),
            new MailReport.Sent(RED));
  }

  @Test
  void aMailThatTheServerDoesNotTakeNowIsTriedAgain() throws InterruptedException {
    answers.add(new Delivery.TemporaryFailure("the mail server has said 451"));
    builder.build(this::answer).send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(reports).last().isEqualTo(new MailReport.Sent(RED));
  }

  @Test
  void aMailThatTheServerNeverTakesIsTriedOnce() throws InterruptedException {
    answers.add(new Delivery.PermanentFailure("the mail server has said 550"));
    builder.build(this::answer).send(invitation("a@example.com", "b@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(2);
    assertThat(reports)
        .containsExactly(
            new MailReport.GivenUp(RED, "the mail server has said 550"), new MailReport.Sent(RED));
  }

  @Test
  void afterSoManyTriesItIsGivenUp() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder
        .retries(Duration.ofSeconds(1), Duration.ofSeconds(2), 3)
        .build(this::answer)
        .send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(3);
    assertThat(reports)
        .last()
        .isEqualTo(
            new MailReport.GivenUp(RED, "the mail server cannot be reached: ConnectException"));
  }

  @Test
  void afterTheDeadlineItIsGivenUp() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      answers.add(new Delivery.Unreachable("ConnectException"));
    }
    builder
        .retries(Duration.ofSeconds(20), Duration.ofSeconds(21), 100)
        .deadline(Duration.ofMinutes(1))
        .build(this::answer)
        .send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSizeBetween(3, 4).allMatch(it -> it.compareTo(Duration.ofMinutes(1)) < 0);
    assertThat(reports).last().isEqualTo(new MailReport.GivenUp(RED, "it has waited too long"));
  }

  @Test
  void anInvitationThatDoesNotFitIsNotSentAtAll() throws InterruptedException {
    MailedInvitations invitations = builder.capacity(2).build(this::answer);
    assertThat(invitations.send(invitation("a@example.com"))).isTrue();
    assertThat(invitations.send(invitation("b@example.com", "c@example.com"))).isFalse();
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(1);
    assertThat(invitations.send(invitation("b@example.com", "c@example.com"))).isTrue();
  }

  @Test
  void fourMailsAreSentAtOnceAndTheOthersWait() throws InterruptedException {
    List<Duration> begun = new ArrayList<>();
    MailedInvitations invitations =
        builder.build(mail -> {
          begun.add(time.elapsed());
          try {
            time.<Boolean>inbox(1).poll(Duration.ofSeconds(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Delivery.Sent();
        });
    invitations.send(invitation("a@x.com", "b@x.com", "c@x.com", "d@x.com", "e@x.com", "f@x.com"));
    time.run(Duration.ofHours(1));
    assertThat(begun.stream().map(Duration::toSeconds)).containsExactly(0L, 0L, 0L, 0L, 1L, 1L);
    assertThat(reports).hasSize(6);
  }

  @Test
  void aServerThatTakesTooLongIsLeftAndAskedAgain() throws InterruptedException {
    MailedInvitations invitations =
        builder
            .attempt(Duration.ofSeconds(10))
            .build(mail -> {
              tries.add(time.elapsed());
              try {
                time.<Boolean>inbox(1).poll(Duration.ofMinutes(tries.size() == 1 ? 30 : 0));
              } catch (InterruptedException e) {
                return new Delivery.Unreachable("InterruptedException");
              }
              return new Delivery.Sent();
            });
    invitations.send(invitation("a@example.com"));
    time.run(Duration.ofHours(1));
    assertThat(reports)
        .containsExactly(
            new MailReport.Delayed(RED, 1, "the mail server has taken too long"),
            new MailReport.Sent(RED));
  }

  @Test
  void whatWaitsWhenItIsClosedIsReported() throws InterruptedException {
    answers.add(new Delivery.Unreachable("ConnectException"));
    MailedInvitations invitations = builder.build(this::answer);
    invitations.send(invitation("a@example.com"));
    time.run(Duration.ofSeconds(2));
    invitations.close();
    time.run(Duration.ofHours(1));
    assertThat(tries).hasSize(1);
    assertThat(reports).last().isEqualTo(new MailReport.GivenUp(RED, "we were stopped"));
    assertThat(invitations.send(invitation("a@example.com"))).isFalse();
  }

  @Test
  void aSenderIsAnAddress() {
    MailServer server = MailServer.of("smtp://mail.example.com");
    for (String from : List.of("", "nobody", "a@example.com\r\nBcc: b@example.com", "a b@c.com")) {
      assertThatThrownBy(() -> MailedInvitations.builder(server, from, time))
          .isInstanceOf(IllegalArgumentException.class);
    }
    MailedInvitations.builder(server, "Conferences <noreply@example.com>", time);
  }
}

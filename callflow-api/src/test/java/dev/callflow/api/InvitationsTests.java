package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.Desk.Reply;
import dev.callflow.api.access.RateLimit;
import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.core.document.DocumentType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations by mail, as clients ask for them (docs/spec/api.md#invitations). */
class InvitationsTests {

  private static final String GOOD =
      "{'data':{'conference_link':'http://link.to/my-conference','invite_message':'invite message',"
          + "'guests':['email1@domain.com','email2@domain.com']}}";

  private final List<GuestInvitation> sent = new ArrayList<>();
  private final Desk desk = new Desk(builder -> builder.invitations(sent::add));

  @Test
  void theRequestOfTheSeedsIsAccepted() {
    Reply reply = invite(GOOD);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.data().asString()).isEqualTo("request accepted");
    assertThat(reply.body().path("status").asString()).isEqualTo("success");
    assertThat(sent)
        .singleElement()
        .satisfies(invitation -> {
          assertThat(invitation.room()).hasToString("acme/red");
          assertThat(invitation.name()).isEqualTo("Red");
          assertThat(invitation.link()).isEqualTo("http://link.to/my-conference");
          assertThat(invitation.message()).isEqualTo("invite message");
          assertThat(invitation.guests()).containsExactly("email1@domain.com", "email2@domain.com");
        });
  }

  @Test
  void whatIsMissingIsNamed() {
    Reply reply = invite("{'data':{}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("validation error");
    assertThat(reply.data().propertyNames())
        .containsExactlyInAnyOrder("conference_link", "invite_message", "guests");
    assertThat(reply.data().path("guests").path("required").isMissingNode()).isFalse();
    assertThat(invite("").status()).isEqualTo(400);
    assertThat(sent).isEmpty();
  }

  @Test
  void thereIsAtLeastOneGuestAndAtMostAHundred() {
    assertThat(rule("[]", "guests")).isEqualTo("minItems");
    assertThat(rule(guests(101), "guests")).isEqualTo("maxItems");
    assertThat(invite(withGuests(guests(100))).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'nobody'",
        "'a@'",
        "'a b@domain.com'",
        "'Anna <anna@domain.com>'",
        "'anna@domain.com,eve@domain.com'",
        "'@eve.com:anna@domain.com'",
        "'\\\"a\\\\r\\\\nBcc: eve@domain.com\\\"@domain.com'",
        "'anna@domain.com\\r\\nBcc: eve@domain.com'",
        "'anna@domain.com\\n'",
        "'\\nanna@domain.com'",
        "'anna@domain.com\\u0000'",
        "'änna@domain.com'"
      })
  void whatIsNoAddressIsRefused(String guest) {
    assertThat(rule("['email1@domain.com'," + guest + "]", "guests.1")).isEqualTo("format");
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link.to/my-conference",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http:///no-host",
        "http://link.to/a b",
        "http://link.to/\\r\\nBcc: eve@domain.com",
        "http://link.to/\\n",
        "sip:red@acme.example\\r\\n"
      })
  void whatIsNoLinkIsRefused(String link) {
    Reply reply = invite(GOOD.replace("http://link.to/my-conference", link));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("conference_link").has("format")).isTrue();
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://link.to/c?room=1#now", "sip:red@acme.example", "sips:red@acme.example"})
  void linksOfTheWebAndOfSipAreGood(String link) {
    assertThat(invite(GOOD.replace("http://link.to/my-conference", link)).status()).isEqualTo(202);
  }

  @Test
  void aMessageMayHaveLinesButNoOtherControlCharacters() {
    assertThat(invite(GOOD.replace("invite message", "Hello,\\r\\n\\r\\nbe there.")).status())
        .isEqualTo(202);
    Reply reply = invite(GOOD.replace("invite message", "Hello\\u0000"));
    assertThat(reply.data().path("invite_message").has("pattern")).isTrue();
  }

  @Test
  void aNameWithLineBreaksIsNotSent() {
    desk.store.put(
        Desk.ACME,
        DocumentType.CONFERENCE,
        "bad",
        Desk.json("{'name':'Red\\r\\nBcc: eve@domain.com'}"));
    Reply reply = desk.ask("PUT", "/conferences/bad/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("name").has("pattern")).isTrue();
    assertThat(sent).isEmpty();
  }

  @Test
  void theConferenceMustExistInTheAccount() {
    for (String id : List.of("green", "blue")) {
      Reply reply = desk.ask("PUT", "/conferences/" + id + "/email_invite", GOOD);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.message()).isEqualTo("bad_identifier");
    }
  }

  @Test
  void withoutAMailServerItIsSaidSo() {
    Reply reply = new Desk().ask("PUT", "/conferences/red/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.message()).isEqualTo("not_implemented");
    assertThat(reply.data().path("message").asString())
        .isEqualTo("no mail server is configured here");
  }

  @Test
  void otherVerbsAreRefused() {
    for (String verb : List.of("GET", "POST", "PATCH", "DELETE")) {
      assertThat(desk.ask(verb, "/conferences/red/email_invite", GOOD).status()).isEqualTo(405);
    }
  }

  @Test
  void anAccountSendsSoManyMailsAndNotMore() {
    Desk strict =
        new Desk(
            builder -> builder.invitations(sent::add).invitationLimit(threeMailsAndThreeAnHour()));
    String path = "/conferences/red/email_invite";
    assertThat(strict.ask("PUT", path, GOOD).status()).isEqualTo(202);
    Reply tooMany = strict.ask("PUT", path, GOOD);
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.message()).isEqualTo("too_many_requests");
    assertThat(
            strict
                .answer(
                    "/v2/accounts/other/conferences/blue/email_invite",
                    "PUT",
                    GOOD,
                    Map.of("X-Auth-Token", Desk.OTHER_TOKEN))
                .status())
        .isEqualTo(202);
    assertThat(sent).hasSize(2);
  }

  private RateLimit threeMailsAndThreeAnHour() {
    return new RateLimit(3, 3, Duration.ofHours(1), new dev.callflow.simulator.time.VirtualTime());
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsRefused() {
    Reply reply =
        new Desk(builder -> builder.invitations(invitation -> false))
            .ask("PUT", "/conferences/red/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.message()).isEqualTo("overloaded");
  }

  @Test
  void aRepeatedRequestWithItsKeyIsSentOnce() {
    Map<String, String> key = Map.of("Idempotency-Key", "4711");
    String path = "/conferences/red/email_invite";
    assertThat(desk.ask("PUT", path, "{'data':{}}", key).status()).isEqualTo(400);
    assertThat(desk.ask("PUT", path, GOOD, key).status()).isEqualTo(202);
    assertThat(desk.ask("PUT", path, GOOD, key).status()).isEqualTo(202);
    assertThat(sent).hasSize(1);
    assertThat(desk.ask("PUT", path, GOOD, Map.of("Idempotency-Key", "a b")).status())
        .isEqualTo(400);
  }

  private Reply invite(String body) {
    return desk.ask("PUT", "/conferences/red/email_invite", body);
  }

  private static String withGuests(String guests) {
    return GOOD.replace("['email1@domain.com','email2@domain.com']", guests);
  }

  private static String guests(int count) {
    List<String> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guests.add("'guest" + i + "@domain.com'");
    }
    return guests.toString();
  }

  private String rule(String guests, String path) {
    Reply reply = invite(withGuests(guests));
    assertThat(reply.status()).isEqualTo(400);
    return reply.data().path(path).propertyNames().iterator().next();
  }
}

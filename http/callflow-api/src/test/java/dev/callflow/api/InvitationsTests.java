package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
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

/** Requests for email invitations (docs/spec/api.md#invitations). */
class InvitationsTests {

  private static final String GOOD =
      "{'data':{'conference_link':'http://link.to/my-conference','invite_message':'invite message',"
          + "'guests':['email1@domain.com','email2@domain.com']}}";

  private final List<GuestInvitation> sent = new ArrayList<>();
  private final ApiFixture fixture = new ApiFixture(builder -> builder.invitations(sent::add));

  @Test
  void kazoosExampleRequestIsAccepted() {
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
  void missingPropertiesAreNamed() {
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
  void anInvitationHasOneToAHundredGuests() {
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
  void anInvalidAddressIsRefused(String guest) {
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
  void anInvalidLinkIsRefused(String link) {
    Reply reply = invite(GOOD.replace("http://link.to/my-conference", link));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("conference_link").has("format")).isTrue();
    assertThat(sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://link.to/c?room=1#now", "sip:red@acme.example", "sips:red@acme.example"})
  void webAndSipLinksAreAccepted(String link) {
    assertThat(invite(GOOD.replace("http://link.to/my-conference", link)).status()).isEqualTo(202);
  }

  @Test
  void aMessageMayHaveLineBreaksButNoOtherControlCharacters() {
    assertThat(invite(GOOD.replace("invite message", "Hello,\\r\\n\\r\\nbe there.")).status())
        .isEqualTo(202);
    Reply reply = invite(GOOD.replace("invite message", "Hello\\u0000"));
    assertThat(reply.data().path("invite_message").has("pattern")).isTrue();
  }

  @Test
  void aConferenceNameWithLineBreaksIsRefused() {
    fixture.store.put(
        ApiFixture.ACME,
        DocumentType.CONFERENCE,
        "bad",
        ApiFixture.json("{'name':'Red\\r\\nBcc: eve@domain.com'}"));
    Reply reply = fixture.request("PUT", "/conferences/bad/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("name").has("pattern")).isTrue();
    assertThat(sent).isEmpty();
  }

  @Test
  void theConferenceMustExistInTheAccount() {
    for (String id : List.of("green", "blue")) {
      Reply reply = fixture.request("PUT", "/conferences/" + id + "/email_invite", GOOD);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.message()).isEqualTo("bad_identifier");
    }
  }

  @Test
  void withoutAMailServerInvitationsAreNotImplemented() {
    Reply reply = new ApiFixture().request("PUT", "/conferences/red/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.message()).isEqualTo("not_implemented");
    assertThat(reply.data().path("message").asString()).isEqualTo("no mail server is configured");
  }

  @Test
  void otherVerbsAreRefused() {
    for (String verb : List.of("GET", "POST", "PATCH", "DELETE")) {
      assertThat(fixture.request(verb, "/conferences/red/email_invite", GOOD).status())
          .isEqualTo(405);
    }
  }

  @Test
  void theEmailsOfAnAccountAreLimited() {
    ApiFixture strict =
        new ApiFixture(
            builder -> builder.invitations(sent::add).invitationLimit(threeMailsAnHour()));
    String path = "/conferences/red/email_invite";
    assertThat(strict.request("PUT", path, GOOD).status()).isEqualTo(202);
    Reply tooMany = strict.request("PUT", path, GOOD);
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.message()).isEqualTo("too_many_requests");
    assertThat(
            strict
                .send(
                    "/v2/accounts/other/conferences/blue/email_invite",
                    "PUT",
                    GOOD,
                    Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN))
                .status())
        .isEqualTo(202);
    assertThat(sent).hasSize(2);
  }

  private RateLimit threeMailsAnHour() {
    return new RateLimit(3, 3, Duration.ofHours(1), new dev.callflow.simulator.time.VirtualTime());
  }

  @Test
  void anInvitationThatDoesNotFitInTheQueueIsRefused() {
    Reply reply =
        new ApiFixture(builder -> builder.invitations(invitation -> false))
            .request("PUT", "/conferences/red/email_invite", GOOD);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.message()).isEqualTo("overloaded");
  }

  @Test
  void aRepeatedIdempotencyKeySendsNoSecondEmail() {
    Map<String, String> key = Map.of("Idempotency-Key", "4711");
    String path = "/conferences/red/email_invite";
    assertThat(fixture.request("PUT", path, "{'data':{}}", key).status()).isEqualTo(400);
    assertThat(fixture.request("PUT", path, GOOD, key).status()).isEqualTo(202);
    assertThat(fixture.request("PUT", path, GOOD, key).status()).isEqualTo(202);
    assertThat(sent).hasSize(1);
    assertThat(fixture.request("PUT", path, GOOD, Map.of("Idempotency-Key", "a b")).status())
        .isEqualTo(400);
  }

  private Reply invite(String body) {
    return fixture.request("PUT", "/conferences/red/email_invite", body);
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

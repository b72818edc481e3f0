package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places in a request where a token, or a ticket for one, may be. */
class RequestTokenTests {

  private static final String LIST = "/v2/accounts/acme/conferences";
  private static final String EVENTS = "/v2/accounts/acme/conferences/red/events";

  private final ApiFixture fixture = new ApiFixture();

  private Reply get(String target, Map<String, String> headers) {
    return fixture.send(target, "GET", "", headers);
  }

  private String ticket() {
    Reply reply = fixture.request("PUT", "/tickets");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.data().path("expires_in").asInt()).isEqualTo(30);
    return reply.data().path("id").asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer acme-token", "bearer acme-token", "BEARER   acme-token "})
  void aBearerTokenIsAccepted(String authorization) {
    assertThat(get(LIST, Map.of("Authorization", authorization)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer wrong", "Bearer", "Bearer ", "Basic YWNtZS10b2tlbg==", "acme-token"})
  void otherAuthorizationIsRefused(String authorization) {
    Reply reply = get(LIST, Map.of("Authorization", authorization));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.headers()).containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void theSameTokenMayBeInBothHeaders() {
    assertThat(
            get(LIST, Map.of("Authorization", "Bearer acme-token", "X-Auth-Token", "acme-token"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void differentTokensInBothHeadersAreRefused() {
    Reply reply =
        get(LIST, Map.of("Authorization", "Bearer other-token", "X-Auth-Token", "acme-token"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().toString())
        .contains("must give the same token as X-Auth-Token")
        .doesNotContain("other-token", "acme-token");
  }

  @Test
  void theAuthorizationOfAProxyIsIgnoredBesideAToken() {
    assertThat(
            get(LIST, Map.of("Authorization", "Basic eDp5", "X-Auth-Token", "acme-token")).status())
        .isEqualTo(200);
  }

  @Test
  void aTokenInTheQueryIsRefusedOutsideOfRaw() {
    assertThat(get(LIST + "?auth_token=acme-token", Map.of()).status()).isEqualTo(401);
    assertThat(get(EVENTS + "?auth_token=acme-token", Map.of()).status()).isEqualTo(401);
    assertThat(
            fixture
                .send("/v2/accounts/acme/media/m/raw?auth_token=acme-token", "POST", "", Map.of())
                .status())
        .isEqualTo(401);
    assertThat(get("/v2/accounts/acme/media/m/raw?auth_token=wrong", Map.of()).status())
        .isEqualTo(401);
    // The token is accepted: what is missing is the file.
    assertThat(get("/v2/accounts/acme/media/m/raw?auth_token=acme-token", Map.of()).status())
        .isIn(404, 409);
  }

  @Test
  void aTicketOpensOneEventStream() {
    String ticket = ticket();
    assertThat(get(LIST + "?ticket=" + ticket, Map.of()).status()).isEqualTo(401);
    assertThat(get(EVENTS + "?ticket=" + ticket, Map.of()).reply().events()).isPresent();
    assertThat(get(EVENTS + "?ticket=" + ticket, Map.of()).status()).isEqualTo(401);
  }

  @Test
  void aTicketGivesNoMoreThanItsToken() {
    Reply reader = fixture.request("PUT", "/tokens", "{'data':{'name':'x','scopes':['read']}}");
    String ticket =
        fixture
            .request(
                "PUT",
                "/tickets",
                "",
                Map.of("X-Auth-Token", reader.data().path("token").asString()))
            .data()
            .path("id")
            .asString();
    assertThat(
            get("/v2/accounts/other/conferences/blue/events?ticket=" + ticket, Map.of()).status())
        .isEqualTo(403);
  }

  @Test
  void aTicketExpiresAfterHalfAMinute() throws InterruptedException {
    fixture.run(() -> {
      String ticket = ticket();
      fixture.sleep(Duration.ofSeconds(30));
      assertThat(get(EVENTS + "?ticket=" + ticket, Map.of()).status()).isEqualTo(401);
    });
  }

  @Test
  void aTicketOfARevokedTokenIsRefused() {
    Reply reader = fixture.request("PUT", "/tokens", "{'data':{'name':'x','scopes':['read']}}");
    String ticket =
        fixture
            .request(
                "PUT",
                "/tickets",
                "",
                Map.of("X-Auth-Token", reader.data().path("token").asString()))
            .data()
            .path("id")
            .asString();
    fixture.request("DELETE", "/tokens/" + reader.data().path("id").asString());
    assertThat(fixture.api.redeem(ticket, "192.0.2.1")).isEmpty();
  }

  @Test
  void tooManyTicketsAreRefused() {
    for (int i = 0; i < 100; i++) {
      ticket();
    }
    assertThat(fixture.request("PUT", "/tickets").status()).isEqualTo(429);
  }

  @Test
  void theFirstVersionIsAnAliasOfTheSecond() {
    assertThat(get("/v1/accounts/acme/conferences", Map.of("X-Auth-Token", "acme-token")).data())
        .hasSize(1);
    assertThat(get("/v1/accounts/acme/conferences", Map.of()).status()).isEqualTo(401);
    assertThat(get("/v1/accounts/other/conferences", Map.of("X-Auth-Token", "acme-token")).status())
        .isEqualTo(403);
  }

  @Test
  void noReplyRepeatsTheToken() {
    assertThat(fixture.request("GET", "/conferences").body().toString())
        .doesNotContain("acme-token", "auth_token");
  }
}

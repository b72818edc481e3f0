package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.api.Desk.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.RateLimit;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may use the API, and for which account. */
class AccessTests {

  private static final List<String> VERBS = List.of("GET", "PUT", "POST", "PATCH", "DELETE");

  private static final List<String> PATHS =
      List.of(
          "/conferences",
          "/conferences/blue",
          "/conferences/red",
          "/conferences/blue/participants",
          "/conferences/blue/participants/1",
          "/conferences/blue/email_invite",
          "/callflows",
          "/callflows/x",
          "/devices",
          "/devices/x",
          "/users",
          "/users/x",
          "/media",
          "/media/x");

  private final Desk desk = new Desk();

  @Test
  void nothingIsAnsweredWithoutAToken() {
    for (String verb : VERBS) {
      for (String path : PATHS) {
        for (Map<String, String> headers :
            List.of(Map.<String, String>of(), Map.of("X-Auth-Token", "wrong"))) {
          Reply reply = desk.answer("/v2/accounts/acme" + path, verb, "{'data':{}}", headers);
          assertThat(reply.status()).as(verb + " " + path).isEqualTo(401);
          assertThat(reply.message()).isEqualTo("invalid_credentials");
        }
      }
    }
  }

  @Test
  void noPathOfAnotherAccountIsAnswered() {
    for (String verb : VERBS) {
      for (String path : PATHS) {
        Reply reply =
            desk.answer(
                "/v2/accounts/other" + path,
                verb,
                "{'data':{'name':'x'},'action':'lock'}",
                Map.of("X-Auth-Token", Desk.TOKEN));
        assertThat(reply.status()).as(verb + " " + path).isEqualTo(403);
        assertThat(reply.body().toString()).doesNotContain("Blue");
      }
    }
    assertThat(
            desk.store.find(Desk.OTHER, dev.callflow.core.document.DocumentType.CONFERENCE, "blue"))
        .isPresent();
  }

  @Test
  void whetherAnAccountExistsIsNotTold() {
    assertThat(
            desk.answer(
                    "/v2/accounts/nobody/conferences",
                    "GET",
                    "",
                    Map.of("X-Auth-Token", Desk.TOKEN))
                .status())
        .isEqualTo(403);
  }

  @Test
  void anIdOfAnotherAccountIsMissingInOnesOwn() {
    assertThat(desk.ask("GET", "/conferences/blue").status()).isEqualTo(404);
    assertThat(desk.ask("PUT", "/conferences/blue", "{'action':'lock'}").status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/conferences/blue/participants").status()).isEqualTo(404);
    assertThat(desk.ask("GET", "/conferences/..%2F..%2Fother%2Fconferences%2Fblue").status())
        .isEqualTo(404);
  }

  @Test
  void aSuperAdminUsesEveryAccount() {
    Map<String, String> admin = Map.of("X-Auth-Token", Desk.ADMIN_TOKEN);
    assertThat(desk.answer("/v2/accounts/other/conferences/blue", "GET", "", admin).status())
        .isEqualTo(200);
    assertThat(desk.answer("/v2/accounts/nobody/conferences", "GET", "", admin).status())
        .isEqualTo(404);
  }

  @Test
  void aPathThatLeadsNowhereIsMissing() {
    for (String path : List.of("/v2/accounts/acme", "/v2/accounts/acme/faxes", "/v1/x", "/")) {
      assertThat(desk.answer(path, "GET", "", Map.of("X-Auth-Token", Desk.TOKEN)).status())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void tokensAreKnownByTheirHashOnly() {
    HashedTokens tokens = Desk.tokens();
    assertThat(tokens.authenticate(Desk.TOKEN)).contains(new Access.OfAccount(Desk.ACME));
    assertThat(tokens.authenticate(Desk.ADMIN_TOKEN)).contains(new Access.SuperAdmin());
    assertThat(tokens.authenticate(HashedTokens.hash(Desk.TOKEN))).isEmpty();
    assertThat(tokens).hasToString("3 tokens");
    assertThat(HashedTokens.newToken())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(HashedTokens.newToken());
  }

  @Test
  void aConfigurationOfTokensThatIsWrongIsRefusedWithoutRepeatingIt() {
    for (String wrong :
        List.of(
            "{}",
            "[{'sha256':'abc','account':'acme'}]",
            "[{'sha256':'" + HashedTokens.hash("x") + "'}]",
            "[{'sha256':'" + HashedTokens.hash("x") + "','account':'a','super_admin':true}]")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HashedTokens.of(Json.read(wrong.replace('\'', '"'))))
          .withMessageNotContaining("abc");
    }
  }

  @Test
  void whoAsksTooOftenIsToldToWait() throws InterruptedException {
    VirtualTime time = new VirtualTime();
    RateLimit limit = new RateLimit(3, 1, time);
    assertThat(limit.take("a").remaining()).isEqualTo(2);
    assertThat(limit.take("a").allowed()).isTrue();
    assertThat(limit.take("a").allowed()).isTrue();
    assertThat(limit.take("a").allowed()).isFalse();
    assertThat(limit.take("b").allowed()).isTrue();
    boolean[] over = {false};
    time.start(
        "test",
        () -> {
          try {
            time.<Boolean>inbox(1).poll(Duration.ofSeconds(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          over[0] = limit.take("a").allowed();
        });
    time.run(Duration.ofMinutes(1), () -> over[0]);
    time.close();
    assertThat(over[0]).isTrue();
  }

  @Test
  void tooManyRequestsOfOneTokenAreRefused() {
    Reply last = desk.ask("GET", "/users");
    for (int i = 0; i < 1_100 && last.status() == 200; i++) {
      last = desk.ask("GET", "/users");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.message()).isEqualTo("too_many_requests");
    assertThat(last.body().at("/tokens/remaining").asInt(-1)).isZero();
  }
}

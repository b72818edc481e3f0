package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.ConfiguredTokens;
import dev.callflow.api.access.FailureLimit;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.RateLimit;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Authentication, access to accounts, and rate limits. */
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

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void requestsWithoutAValidTokenAreRefused() {
    for (String verb : VERBS) {
      for (String path : PATHS) {
        for (Map<String, String> headers :
            List.of(Map.<String, String>of(), Map.of("X-Auth-Token", "wrong"))) {
          Reply reply = fixture.send("/v2/accounts/acme" + path, verb, "{'data':{}}", headers);
          assertThat(reply.status()).as(verb + " " + path).isEqualTo(401);
          assertThat(reply.message()).isEqualTo("invalid_credentials");
        }
      }
    }
  }

  @Test
  void pathsOfAnotherAccountAreForbidden() {
    for (String verb : VERBS) {
      for (String path : PATHS) {
        Reply reply =
            fixture.send(
                "/v2/accounts/other" + path,
                verb,
                "{'data':{'name':'x'},'action':'lock'}",
                Map.of("X-Auth-Token", ApiFixture.TOKEN));
        assertThat(reply.status()).as(verb + " " + path).isEqualTo(403);
        assertThat(reply.body().toString()).doesNotContain("Blue");
      }
    }
    assertThat(
            fixture.store.find(
                ApiFixture.OTHER, dev.callflow.core.document.DocumentType.CONFERENCE, "blue"))
        .isPresent();
  }

  @Test
  void anUnknownAccountIsForbiddenLikeAnExistingOne() {
    assertThat(
            fixture
                .send(
                    "/v2/accounts/nobody/conferences",
                    "GET",
                    "",
                    Map.of("X-Auth-Token", ApiFixture.TOKEN))
                .status())
        .isEqualTo(403);
  }

  @Test
  void anIdOfAnotherAccountIsNotFoundInOnesOwnAccount() {
    assertThat(fixture.request("GET", "/conferences/blue").status()).isEqualTo(404);
    assertThat(fixture.request("PUT", "/conferences/blue", "{'action':'lock'}").status())
        .isEqualTo(404);
    assertThat(fixture.request("GET", "/conferences/blue/participants").status()).isEqualTo(404);
    assertThat(fixture.request("GET", "/conferences/..%2F..%2Fother%2Fconferences%2Fblue").status())
        .isEqualTo(404);
  }

  @Test
  void aSuperAdminHasAccessToEveryAccount() {
    Map<String, String> admin = Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN);
    assertThat(fixture.send("/v2/accounts/other/conferences/blue", "GET", "", admin).status())
        .isEqualTo(200);
    assertThat(fixture.send("/v2/accounts/nobody/conferences", "GET", "", admin).status())
        .isEqualTo(404);
  }

  @Test
  void anUnknownPathIsNotFound() {
    for (String path : List.of("/v2/accounts/acme/faxes", "/v1/x", "/")) {
      assertThat(fixture.send(path, "GET", "", Map.of("X-Auth-Token", ApiFixture.TOKEN)).status())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void tokensAreRecognisedByTheirHash() {
    HashedTokens tokens = ApiFixture.tokens();
    assertThat(tokens.authenticate(ApiFixture.TOKEN))
        .contains(new Access.OfAccount(ApiFixture.ACME));
    assertThat(tokens.authenticate(ApiFixture.ADMIN_TOKEN)).contains(new Access.SuperAdmin());
    assertThat(tokens.authenticate(HashedTokens.hash(ApiFixture.TOKEN))).isEmpty();
    assertThat(tokens).hasToString("3 tokens");
    assertThat(HashedTokens.newToken())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(HashedTokens.newToken());
  }

  @Test
  void unknownTokensAreSlowedDownForTheirAddressOnly() {
    ApiFixture strict =
        new ApiFixture(api -> api.failureLimit(new FailureLimit(2, 1, Duration.ofSeconds(20))));
    String path = "/v2/accounts/acme/users";
    Map<String, String> wrong = Map.of("X-Auth-Token", "wrong");
    assertThat(strict.send(path, "GET", "", wrong, "192.0.2.66").status()).isEqualTo(401);
    assertThat(strict.send(path, "GET", "", wrong, "192.0.2.66").status()).isEqualTo(401);
    Reply slowed = strict.send(path, "GET", "", wrong, "192.0.2.66");
    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.headers()).containsEntry("Retry-After", "20");
    assertThat(slowed.data().path("message").asString())
        .isEqualTo(
            "too many unknown tokens from 192.0.2.66: the limit is 2 at once, then 1 in 20 s");
    Map<String, String> valid = Map.of("X-Auth-Token", ApiFixture.TOKEN);
    assertThat(strict.send(path, "GET", "", valid, "192.0.2.1").status()).isEqualTo(200);
    assertThat(strict.send(path, "GET", "", Map.of(), "192.0.2.66").status()).isEqualTo(401);
  }

  @Test
  void unknownTokensOverWebSocketsAreSlowedDownToo() throws InterruptedException {
    ApiFixture strict =
        new ApiFixture(api -> api.failureLimit(new FailureLimit(1, 1, Duration.ofSeconds(20))));
    strict.run(() -> {
      TestSubscriber attacker = TestSubscriber.connect(strict, "192.0.2.66");
      assertThat(attacker.errors("{'auth_token':'wrong'}"))
          .containsExactly("failed to authenticate token wrong");
      assertThat(attacker.errors("{'auth_token':'guess'}"))
          .containsExactly(
              "too many unknown tokens from 192.0.2.66: the limit is 1 at once, then 1 in 20 s");
      assertThat(TestSubscriber.connect(strict, "192.0.2.1").errors("{'auth_token':'acme-token'}"))
          .isEmpty();
    });
  }

  @Test
  void aChangeOfTheConfiguredTokensIsReported() {
    MemoryStore store = new MemoryStore(new VirtualTime());
    ConfiguredTokens tokens = new ConfiguredTokens(store);
    AtomicInteger changes = new AtomicInteger();
    tokens.onChange(changes::incrementAndGet);
    store.system(
        ApiFixture.json(
            "{'api':{'tokens':[{'sha256':'" + HashedTokens.hash("x") + "','account':'acme'}]}}"));
    assertThat(tokens.authenticate("x")).isPresent();
    assertThat(changes).hasValue(1);
    store.system(ApiFixture.json("{}"));
    assertThat(tokens.authenticate("other")).isEmpty();
    assertThat(changes).hasValue(2);
    assertThat(tokens.authenticate("other")).isEmpty();
    assertThat(changes).hasValue(2);
  }

  @Test
  void anInvalidTokenListIsRefusedWithoutQuotingIt() {
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
  void aRateLimitRefillsOverTime() throws InterruptedException {
    VirtualTime time = new VirtualTime();
    RateLimit limit = new RateLimit(3, 1, time);
    assertThat(limit.take("a").remaining()).isEqualTo(2);
    assertThat(limit.take("a").allowed()).isTrue();
    assertThat(limit.take("a").allowed()).isTrue();
    assertThat(limit.take("a").allowed()).isFalse();
    assertThat(limit.take("b").allowed()).isTrue();
    boolean[] allowed = {false};
    time.start(
        "test",
        () -> {
          try {
            time.<Boolean>inbox(1).poll(Duration.ofSeconds(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          allowed[0] = limit.take("a").allowed();
        });
    time.run(Duration.ofMinutes(1), () -> allowed[0]);
    time.close();
    assertThat(allowed[0]).isTrue();
  }

  @Test
  void tooManyRequestsWithOneTokenAreRefused() {
    Reply last = fixture.request("GET", "/users");
    for (int i = 0; i < 1_100 && last.status() == 200; i++) {
      last = fixture.request("GET", "/users");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.message()).isEqualTo("too_many_requests");
    assertThat(last.body().at("/tokens/remaining").asInt(-1)).isZero();
  }
}

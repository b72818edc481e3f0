package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.access.Scope;
import dev.callflow.api.access.StoredToken;
import dev.callflow.api.access.StoredTokens;
import dev.callflow.core.document.Json;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tokens that clients create and revoke, and what their scopes allow. */
class TokensTests {

  private final ApiFixture fixture = new ApiFixture();

  private JsonNode create(String data) {
    Reply reply = fixture.request("PUT", "/tokens", "{'data':" + data + "}");
    assertThat(reply.status()).isEqualTo(201);
    return reply.data();
  }

  private String token(String scopes) {
    return create("{'name':'Wallboard','scopes':" + scopes + "}").path("token").asString();
  }

  private Reply with(String token, String verb, String path, String body) {
    return fixture.request(verb, path, body, Map.of("X-Auth-Token", token));
  }

  @Test
  void aNewTokenIsShownOnceAndListedWithoutItself() {
    JsonNode created = create("{'name':'Wallboard','scopes':['control','read']}");
    String token = created.path("token").asString();
    assertThat(token).matches("[0-9a-f]{64}");
    String id = HashedTokens.id(token);
    assertThat(created.path("id").asString()).isEqualTo(id);
    assertThat(created.path("scopes")).hasToString("[\"read\",\"control\"]");
    assertThat(created.path("made_by").asString()).isEqualTo(HashedTokens.id(ApiFixture.TOKEN));
    Reply list = fixture.request("GET", "/tokens");
    assertThat(list.data()).hasSize(1);
    assertThat(list.data().path(0).path("name").asString()).isEqualTo("Wallboard");
    Reply one = fixture.request("GET", "/tokens/" + id);
    assertThat(one.data()).isEqualTo(list.data().path(0));
    assertThat(list.body() + one.body().toString())
        .doesNotContain(token)
        .doesNotContain(HashedTokens.hash(token));
    assertThat(with(token, "GET", "/conferences", "").status()).isEqualTo(200);
  }

  @Test
  void aTokenIsRefusedWhatItsScopesDoNotAllow() {
    String reader = token("['read']");
    Reply refused = with(reader, "PUT", "/conferences/red", "{'action':'lock'}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.data().path("message").asString())
        .isEqualTo("the token does not have the scope \"control\"");
    assertThat(with(reader, "DELETE", "/conferences/red", "").status()).isEqualTo(403);
    assertThat(with(reader, "GET", "/tokens", "").status()).isEqualTo(403);
    assertThat(with(token("['control']"), "PUT", "/conferences/red", "{'action':'lock'}").status())
        .isEqualTo(202);
    assertThat(with(token("['documents']"), "GET", "/conferences", "").status()).isEqualTo(403);
  }

  @Test
  void aSubscriptionNeedsTheScopeRead() throws InterruptedException {
    String controller = token("['control']");
    fixture.run(() ->
        assertThat(
                TestSubscriber.connect(fixture)
                    .subscribe(controller, "acme", "conference.event.red.*")
                    .at("/data/errors/0")
                    .asString())
            .isEqualTo("the token does not have the scope \"read\""));
  }

  @Test
  void nobodyCreatesATokenWithMoreScopesThanTheirOwn() {
    String admin = token("['read','admin']");
    Reply more =
        with(admin, "PUT", "/tokens", "{'data':{'name':'x','scopes':['read','documents']}}");
    assertThat(more.status()).isEqualTo(403);
    assertThat(more.data().path("message").asString())
        .isEqualTo("the token cannot give a scope that it does not have itself: [\"documents\"]");
    assertThat(with(admin, "PUT", "/tokens", "{'data':{'name':'x','scopes':['read']}}").status())
        .isEqualTo(201);
  }

  @Test
  void onlyASuperAdminManagesTokensForAllAccounts() {
    Map<String, String> account = Map.of("X-Auth-Token", ApiFixture.TOKEN);
    Map<String, String> admin = Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN);
    String body = "{'data':{'name':'x','scopes':['read']}}";
    assertThat(fixture.send("/v2/tokens", "GET", "", account).status()).isEqualTo(403);
    assertThat(fixture.send("/v2/tokens", "PUT", body, account).status()).isEqualTo(403);
    Reply created = fixture.send("/v2/tokens", "PUT", body, admin);
    assertThat(created.status()).isEqualTo(201);
    assertThat(
            fixture
                .send(
                    "/v2/accounts/other/conferences",
                    "GET",
                    "",
                    Map.of("X-Auth-Token", created.data().path("token").asString()))
                .status())
        .isEqualTo(200);
    String id = created.data().path("id").asString();
    assertThat(fixture.send("/v2/tokens/" + id, "DELETE", "", account).status()).isEqualTo(403);
    assertThat(fixture.request("GET", "/tokens/" + id).status()).isEqualTo(404);
    assertThat(fixture.send("/v2/tokens/" + id, "DELETE", "", admin).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name|must be 1 to 128 characters without control characters",
        "{'name':7,'scopes':['read']}|name|must be 1 to 128 characters without control characters",
        "{'name':'a\\nb','scopes':['read']}|name|must be 1 to 128 characters without control"
            + " characters",
        "{'name':'x'}|scopes|must be a list of one or more of \"read\", \"control\", \"documents\""
            + " and \"admin\"",
        "{'name':'x','scopes':[]}|scopes|must be a list of one or more of \"read\", \"control\","
            + " \"documents\" and \"admin\"",
        "{'name':'x','scopes':['all']}|scopes|must be a list of one or more of \"read\","
            + " \"control\", \"documents\" and \"admin\"",
        "{'name':'x','scopes':'read'}|scopes|must be a list of one or more of \"read\","
            + " \"control\", \"documents\" and \"admin\"",
        "{'name':'x','scopes':['read'],'expires':3600}|expires|must be a time such as"
            + " \"2027-01-31T12:00:00Z\" in the future",
        "{'name':'x','scopes':['read'],'expires':'1999-01-01T00:00:00Z'}|expires|must be a time"
            + " such as \"2027-01-31T12:00:00Z\" in the future",
        "{'name':'x','scopes':['read'],'token':'mine'}|token|unknown key; the keys are \"name\","
            + " \"scopes\" and \"expires\"",
      })
  void aWrongValueIsRefusedWithWhatIsExpected(String data, String key, String message) {
    Reply reply = fixture.request("PUT", "/tokens", "{'data':" + data + "}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path(key).properties().iterator().next().getValue().path("message"))
        .isEqualTo(tools.jackson.databind.node.StringNode.valueOf(message));
    assertThat(fixture.request("GET", "/tokens").data()).isEmpty();
  }

  @Test
  void aRevokedTokenIsRefusedAtOnceAndItsClientsAreDisconnected() throws InterruptedException {
    fixture.run(() -> {
      String token = token("['read']");
      TestSubscriber client = TestSubscriber.connect(fixture);
      client.subscribe(token, "acme", "conference.event.red.*");
      assertThat(with(token, "GET", "/conferences", "").status()).isEqualTo(200);
      Reply revoked = fixture.request("DELETE", "/tokens/" + HashedTokens.id(token));
      assertThat(revoked.data().path("name").asString()).isEqualTo("Wallboard");
      assertThat(with(token, "GET", "/conferences", "").status()).isEqualTo(401);
      fixture.sleep(Duration.ofMillis(1));
      assertThat(client.closed.orElseThrow().message()).isEqualTo("the token is no longer valid");
      assertThat(fixture.request("DELETE", "/tokens/" + HashedTokens.id(token)).status())
          .isEqualTo(404);
    });
  }

  @Test
  void anExpiredTokenIsRefusedAndNoLongerListed() throws InterruptedException {
    fixture.run(() -> {
      String expires = fixture.time.now().plusSeconds(60).toString();
      String token =
          create("{'name':'x','scopes':['read'],'expires':'" + expires + "'}")
              .path("token")
              .asString();
      assertThat(with(token, "GET", "/conferences", "").status()).isEqualTo(200);
      fixture.sleep(Duration.ofSeconds(61));
      assertThat(with(token, "GET", "/conferences", "").status()).isEqualTo(401);
      assertThat(fixture.request("GET", "/tokens").data()).isEmpty();
    });
  }

  @Test
  void aTokenRevokedByAnotherHostIsRefusedAfterAFewSeconds() throws InterruptedException {
    MemoryRecords records = new MemoryRecords();
    StoredTokens here = new StoredTokens(records, fixture.time);
    StoredTokens there = new StoredTokens(records, fixture.time);
    fixture.run(() -> {
      StoredTokens.Created made = created(there);
      assertThat(here.authenticate(made.secret()))
          .contains(new Access.OfAccount(ApiFixture.ACME, Set.of(Scope.READ)));
      there.revoke(Optional.of(ApiFixture.ACME), made.token().id());
      assertThat(there.authenticate(made.secret())).isEmpty();
      fixture.sleep(Duration.ofSeconds(5));
      assertThat(here.authenticate(made.secret())).isEmpty();
    });
  }

  @Test
  void theLastUseIsWrittenOnceAMinute() throws InterruptedException {
    MemoryRecords records = new MemoryRecords();
    StoredTokens tokens = new StoredTokens(records, fixture.time);
    fixture.run(() -> {
      StoredTokens.Created made = created(tokens);
      Instant begin = fixture.time.now();
      for (int second = 0; second < 90; second++) {
        assertThat(tokens.authenticate(made.secret())).isPresent();
        fixture.sleep(Duration.ofSeconds(1));
        String lastUsed =
            records
                .list(RecordQuery.newest(ApiFixture.ACME, RecordKind.TOKEN, 1))
                .getFirst()
                .body()
                .path("last_used")
                .asString();
        assertThat(Duration.between(begin, Instant.parse(lastUsed)).toSeconds())
            .isIn(0L, 60L, 61L, 62L, 63L, 64L);
      }
    });
  }

  @Test
  void theOldestOfMoreThanTwentyLoginsOfAUserIsReplaced() throws InterruptedException {
    StoredTokens tokens = new StoredTokens(new MemoryRecords(), fixture.time);
    fixture.run(() -> {
      StoredTokens.Created first = created(tokens, Optional.of("anna"));
      fixture.sleep(Duration.ofSeconds(1));
      StoredTokens.Created other = created(tokens, Optional.of("bob"));
      for (int i = 0; i < 19; i++) {
        created(tokens, Optional.of("anna"));
      }
      assertThat(tokens.authenticate(first.secret())).isPresent();
      created(tokens, Optional.of("anna"));
      assertThat(tokens.authenticate(first.secret())).isEmpty();
      assertThat(tokens.authenticate(other.secret())).isPresent();
    });
  }

  @Test
  void anAccountHasAtMostAThousandTokens() {
    StoredTokens tokens = new StoredTokens(new MemoryRecords(), fixture.time);
    for (int i = 0; i < 1_000; i++) {
      created(tokens);
    }
    assertThat(
            tokens.create(
                Optional.of(ApiFixture.ACME),
                new StoredToken.Made("one more", "test", fixture.time.now(), Optional.empty()),
                Set.of(Scope.READ),
                Optional.empty()))
        .isEmpty();
  }

  private StoredTokens.Created created(StoredTokens tokens) {
    return created(tokens, Optional.empty());
  }

  private StoredTokens.Created created(StoredTokens tokens, Optional<String> user) {
    return tokens
        .create(
            Optional.of(ApiFixture.ACME),
            new StoredToken.Made("Wallboard", "test", fixture.time.now(), user),
            Set.of(Scope.READ),
            Optional.empty())
        .orElseThrow();
  }

  @Test
  void configuredTokensMayHaveScopesAndATimeOfExpiry() throws InterruptedException {
    VirtualTime time = (VirtualTime) fixture.time;
    String expires = time.now().plusSeconds(60).toString();
    HashedTokens tokens =
        HashedTokens.of(
            Json.read(
                "[{'sha256':'%s','account':'acme','scopes':['read'],'expires':'%s'}]"
                    .formatted(HashedTokens.hash("t"), expires)
                    .replace('\'', '"')),
            time);
    fixture.run(() -> {
      assertThat(tokens.authenticate("t"))
          .contains(new Access.OfAccount(ApiFixture.ACME, Set.of(Scope.READ)));
      fixture.sleep(Duration.ofSeconds(60));
      assertThat(tokens.authenticate("t")).isEmpty();
    });
  }

  @Test
  void aTokenWithoutDocumentsSeesNoPins() {
    fixture.store.put(
        ApiFixture.ACME,
        dev.callflow.core.document.DocumentType.CONFERENCE,
        "pinned",
        ApiFixture.json(
            "{'name':'Pinned','member':{'pins':['4711'],'join_muted':true},"
                + "'moderator':{'pins':['0815']},'moderator-pin':'0815'}"));
    fixture.store.put(
        ApiFixture.ACME,
        dev.callflow.core.document.DocumentType.CALLFLOW,
        "door",
        ApiFixture.json(
            "{'numbers':['600'],'flow':{'module':'conference','data':{'config':"
                + "{'name':'x','member':{'pins':['4711']}}},'children':{}}}"));
    fixture.store.put(
        ApiFixture.ACME,
        dev.callflow.core.document.DocumentType.DEVICE,
        "phone",
        ApiFixture.json("{'name':'Phone','sip':{'username':'u','password':'0815'}}"));
    String reader = token("['read']");
    for (String path :
        List.of(
            "/conferences",
            "/conferences?paginate=false",
            "/conferences/pinned",
            "/callflows/door",
            "/devices/phone")) {
      assertThat(with(reader, "GET", path, "").body().toString())
          .as(path)
          .doesNotContain("4711", "0815", "\"pins\"");
    }
    Reply shown = with(reader, "GET", "/conferences/pinned", "");
    assertThat(shown.data().at("/member/join_muted").asBoolean()).isTrue();
    assertThat(fixture.request("GET", "/conferences/pinned").body().toString())
        .contains("4711", "0815");
  }

  @Test
  void aTokenWithoutDocumentsCannotGuessPinsByFiltersOrRevisions() {
    fixture.store.put(
        ApiFixture.ACME,
        dev.callflow.core.document.DocumentType.CONFERENCE,
        "pinned",
        ApiFixture.json("{'name':'Pinned','member':{'pins':['4711']}}"));
    String reader = token("['read']");
    for (String filter : List.of("filter_member.pins=4711", "has_key=member.pins")) {
      assertThat(fixture.request("GET", "/conferences?" + filter).data()).isNotEmpty();
      assertThat(with(reader, "GET", "/conferences?" + filter, "").data()).as(filter).isEmpty();
    }
    Reply before = with(reader, "GET", "/conferences/pinned", "");
    assertThat(before.body().has("revision")).isFalse();
    fixture.request("PATCH", "/conferences/pinned", "{'data':{'member':{'pins':['4712']}}}");
    Reply after = with(reader, "GET", "/conferences/pinned", "");
    assertThat(after.headers().get("ETag")).isNotNull();
    assertThat(after.data().path("member").has("pins")).isFalse();
  }
}

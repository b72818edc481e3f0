package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.RecordStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Listing, creating, reading, changing and removing accounts (docs/spec/api.md#accounts). */
class AccountsTests {

  private static final String LIMITED = "limited-token";

  private final ApiFixture fixture = new ApiFixture();

  private Reply admin(String path, String verb, String body) {
    return fixture.send(
        "/v2/accounts" + path, verb, body, Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
  }

  private Reply owner(String verb, String body) {
    return fixture.send("/v2/accounts/acme", verb, body, Map.of("X-Auth-Token", ApiFixture.TOKEN));
  }

  private String create(String data) {
    Reply reply = admin("", "PUT", "{'data':" + data + "}");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    return reply.data().path("id").asString();
  }

  private static List<String> ids(Reply reply) {
    return reply.data().valueStream().map(row -> row.path("id").asString()).toList();
  }

  // ---- create

  @ParameterizedTest
  @ValueSource(strings = {"", "/acme"})
  void aNewAccountGetsAnIdAndItsRealm(String path) {
    Reply reply =
        admin(
            path,
            "PUT",
            "{'data':{'name':'New','realm':'new.example.com','id':'mine','pvt_x':1,'timezone':'UTC',"
                + "'config':{'conferences':{'pin_timeout':3000}}}}");

    assertThat(reply.status()).isEqualTo(201);
    String id = reply.data().path("id").asString();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(reply.data())
        .isEqualTo(
            ApiFixture.json(
                "{'name':'New','realm':'new.example.com','timezone':'UTC',"
                    + "'config':{'conferences':{'pin_timeout':3000}},'id':'"
                    + id
                    + "'}"));
    assertThat(fixture.store.accountByRealm("NEW.example.com")).contains(new AccountId(id));
    assertThat(admin("/" + id + "/conferences", "GET", "").status()).isEqualTo(200);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        arguments("{}", "name", "required"),
        arguments("{'name':''}", "name", "minLength"),
        arguments("{'name':7}", "name", "type"),
        arguments("{'name':'A','realm':'a b'}", "realm", "pattern"),
        arguments("{'name':'A','realm':''}", "realm", "pattern"),
        arguments("{'name':'A','preflow':'x'}", "preflow", "type"),
        arguments("{'name':'A','config':[]}", "config", "type"),
        arguments(
            "{'name':'A','config':{'limits':{'calls':-1}}}", "config.limits.calls", "minimum"),
        arguments(
            "{'name':'A','config':{'conferences':{'pin_timeout':0}}}",
            "config.conferences.pin_timeout",
            "minimum"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidAccountIsRefused(String data, String path, String rule) {
    for (String verb : List.of("PUT", "POST")) {
      Reply reply = admin("/acme", verb, "{'data':" + data + "}");
      assertThat(reply.status()).as(verb).isEqualTo(400);
      assertThat(reply.message()).isEqualTo("validation error");
      assertThat(reply.data().path(path).has(rule)).as(reply.data().toString()).isTrue();
    }
    assertThat(fixture.store.accounts()).hasSize(2);
  }

  @Test
  void aRequestWithoutDataIsRefused() {
    for (String verb : List.of("PUT", "POST", "PATCH")) {
      assertThat(admin("/acme", verb, "{}").status()).as(verb).isEqualTo(400);
    }
  }

  @Test
  void theRealmOfAnotherAccountIsRefused() {
    create("{'name':'One','realm':'one.example.com'}");
    for (String verb : List.of("PUT", "POST")) {
      Reply reply = admin("/acme", verb, "{'data':{'name':'Two','realm':'ONE.example.com'}}");
      assertThat(reply.status()).as(verb).isEqualTo(400);
      assertThat(reply.data().path("realm").path("unique").path("message").asString())
          .isEqualTo("another account has the realm ONE.example.com");
    }
  }

  @Test
  void anAccountThatIsTooLargeIsRefused() {
    Reply reply = admin("", "PUT", "{'data':{'name':'" + "x".repeat(262_200) + "'}}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.data().path("message").asString()).endsWith("the maximum is 262144");
  }

  // ---- read

  @Test
  void accountsAreListedInPages() {
    fixture.store.account(
        new AccountId("b"), ApiFixture.json("{'name':'B','realm':'b.example.com','config':{}}"));

    Reply first = admin("?page_size=2", "GET", "");
    assertThat(first.data())
        .isEqualTo(
            ApiFixture.json(
                    "{'x':[{'id':'other'}," + "{'id':'b','name':'B','realm':'b.example.com'}]}")
                .path("x"));
    JsonNode next = first.body().path("next_start_key");
    assertThat(ids(admin("?page_size=2&start_key=" + next.asString(), "GET", "")))
        .containsExactly("acme");
    assertThat(ids(admin("?ascending=true", "GET", ""))).containsExactly("acme", "b", "other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"page_size=0", "page_size=1001", "page_size=x", "page_size=", "ascending=1"})
  void aWrongParameterOfTheListIsRefused(String query) {
    Reply reply = admin("?" + query, "GET", "");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().has(query.substring(0, query.indexOf('=')))).isTrue();
  }

  @Test
  void anAccountReadsItselfWithoutPrivateKeys() {
    fixture.store.account(
        ApiFixture.ACME, ApiFixture.json("{'name':'Acme','pvt_secret':'s','config':{'a':1}}"));

    assertThat(owner("GET", "").data())
        .isEqualTo(ApiFixture.json("{'name':'Acme','config':{'a':1},'id':'acme'}"));
  }

  @Test
  void theConfigurationNeedsTheScopeDocuments() {
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'name':'Acme','config':{'a':1}}"));
    limited(Scope.READ);

    assertThat(limited("", "GET").data()).isEqualTo(ApiFixture.json("{'name':'Acme','id':'acme'}"));
  }

  private void limited(Scope... scopes) {
    fixture.tokens = token -> Optional.of(new Access.OfAccount(ApiFixture.ACME, Set.of(scopes)));
  }

  private Reply limited(String body, String verb) {
    return fixture.send("/v2/accounts/acme", verb, body, Map.of("X-Auth-Token", LIMITED));
  }

  // ---- change

  @Test
  void aReplacementKeepsPrivateKeys() {
    fixture.store.account(
        ApiFixture.ACME, ApiFixture.json("{'name':'Acme','pvt_secret':'s','old':1}"));

    Reply reply = admin("/acme", "POST", "{'data':{'name':'New','pvt_secret':'mine'}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data()).isEqualTo(ApiFixture.json("{'name':'New','id':'acme'}"));
    assertThat(fixture.store.accountBody(ApiFixture.ACME))
        .contains(ApiFixture.json("{'name':'New','pvt_secret':'s'}"));
  }

  @Test
  void aPatchMergesKeysAndNullRemovesOne() {
    fixture.store.account(
        ApiFixture.ACME,
        ApiFixture.json("{'name':'Acme','x':1,'config':{'conferences':{'pin_timeout':1}}}"));

    Reply reply =
        admin(
            "/acme",
            "PATCH",
            "{'data':{'x':null,'config':{'conferences':{'digit_timeout':2}},'n':{'a':null}}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(fixture.store.accountBody(ApiFixture.ACME))
        .contains(
            ApiFixture.json(
                "{'name':'Acme','n':{},"
                    + "'config':{'conferences':{'pin_timeout':1,'digit_timeout':2}}}"));
  }

  // ---- revisions

  @Test
  void aChangeOfAnotherRevisionIsRefused() {
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'name':'Acme'}"));
    String first = admin("/acme", "GET", "").body().path("revision").asString();
    Reply changed = ifMatch("PATCH", first, "{'data':{'name':'New'}}");
    assertThat(changed.status()).isEqualTo(200);
    String second = changed.body().path("revision").asString();
    assertThat(second).isNotEqualTo(first);

    for (String verb : List.of("POST", "PATCH", "DELETE")) {
      Reply late = ifMatch(verb, first, "{'data':{'name':'Late'}}");
      assertThat(late.status()).as(verb).isEqualTo(409);
      assertThat(late.message()).isEqualTo("datastore_conflict");
    }
    assertThat(admin("/acme", "PATCH", "{'data':{'x':1},'revision':'" + first + "'}").status())
        .isEqualTo(409);
    assertThat(fixture.store.accountBody(ApiFixture.ACME))
        .contains(ApiFixture.json("{'name':'New'}"));
    assertThat(ifMatch("POST", second, "{'data':{'name':'Newer'}}").status()).isEqualTo(200);
    String tag = admin("/acme", "GET", "").headers().get("ETag");
    assertThat(ifMatch("POST", tag, "{'data':{'name':'Newest'}}").status()).isEqualTo(200);
    assertThat(ifMatch("POST", "*", "{'data':{'name':'Any'}}").status()).isEqualTo(200);
  }

  private Reply ifMatch(String verb, String revision, String body) {
    return fixture.send(
        "/v2/accounts/acme",
        verb,
        body,
        Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN, "If-Match", revision));
  }

  @Test
  void aTokenWithoutDocumentsSeesNoRevision() {
    limited(Scope.READ);
    assertThat(limited("", "GET").body().has("revision")).isFalse();
  }

  // ---- remove

  @Test
  void anAccountIsRemovedWithAllThatBelongsToIt() {
    RecordStore records = new MemoryRecords();
    ApiFixture own = new ApiFixture(builder -> builder.records(records));
    own.store.account(ApiFixture.ACME, ApiFixture.json("{'name':'Acme','realm':'a.example.com'}"));
    own.request("PUT", "/tokens", "{'data':{'name':'T','scopes':['read']}}");
    String key = own.request("PUT", "/api_key").data().path("api_key").asString();
    own.request("PUT", "/users", "{'data':{'username':'anna','password':'correct horse'}}");

    for (RecordKind kind : List.of(RecordKind.TOKEN, RecordKind.CREDENTIAL)) {
      assertThat(records.list(RecordQuery.newest(ApiFixture.ACME, kind, 10))).isNotEmpty();
    }

    Reply removed =
        own.send("/v2/accounts/acme", "DELETE", "", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
    assertThat(removed.status()).as(removed.body().toString()).isEqualTo(200);
    assertThat(removed.data())
        .isEqualTo(ApiFixture.json("{'name':'Acme','realm':'a.example.com','id':'acme'}"));

    assertThat(own.store.accounts()).containsExactly(ApiFixture.OTHER);
    assertThat(own.store.all(ApiFixture.ACME, DocumentType.CONFERENCE)).isEmpty();
    assertThat(own.request("GET", "/conferences").status()).isEqualTo(404);
    for (RecordKind kind : List.of(RecordKind.TOKEN, RecordKind.CREDENTIAL)) {
      assertThat(records.list(RecordQuery.newest(ApiFixture.ACME, kind, 10))).isEmpty();
    }
    // Another account with this id has nothing of it.
    own.store.account(ApiFixture.ACME, ApiFixture.json("{'name':'Again'}"));
    assertThat(
            own.send("/v2/api_auth", "PUT", "{'data':{'api_key':'" + key + "'}}", Map.of())
                .status())
        .isEqualTo(401);
    assertThat(own.request("GET", "/conferences").data().size()).isZero();
  }

  @Test
  void aTokenOfARemovedAccountIsRefusedAtOnce() {
    String token =
        fixture
            .request("PUT", "/tokens", "{'data':{'name':'T','scopes':['read']}}")
            .data()
            .path("token")
            .asString();
    Map<String, String> headers = Map.of("X-Auth-Token", token);
    assertThat(fixture.request("GET", "/conferences", "", headers).status()).isEqualTo(200);

    admin("/acme", "DELETE", "");
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'name':'Again'}"));
    assertThat(fixture.request("GET", "/conferences", "", headers).status()).isEqualTo(401);
  }

  @Test
  void theAuditOfTheHostNamesWhoHasRemovedAnAccount() throws InterruptedException {
    fixture.run(() -> {
      admin("/acme", "DELETE", "");
      fixture.sleep(Duration.ofSeconds(1));
      Reply audit =
          fixture.send("/v2/audit", "GET", "", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
      assertThat(audit.data().path(0).path("path").asString()).isEqualTo("/v2/accounts/acme");
      assertThat(audit.data().path(0).path("method").asString()).isEqualTo("DELETE");
    });
  }

  @Test
  void anAccountWithARunningConferenceIsNotRemoved() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      Reply refused = admin("/acme", "DELETE", "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.data().path("message").asString())
          .isEqualTo("the account cannot be removed while it has 1 conference and 1 call");
      assertThat(fixture.store.all(ApiFixture.ACME, DocumentType.CONFERENCE)).hasSize(1);
      fixture.hangUp("alice");
      fixture.sleep(Duration.ofSeconds(5));
      assertThat(admin("/acme", "DELETE", "").status()).isEqualTo(200);
    });
  }

  @Test
  void onlySuperAdminsRemoveAccounts() {
    Reply refused = owner("DELETE", "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.data().path("message").asString())
        .isEqualTo("only a token for all accounts may be used to remove accounts");
    assertThat(fixture.store.accounts()).hasSize(2);
  }

  // ---- access

  @Test
  void onlySuperAdminsListAndCreateAccounts() {
    Map<String, String> token = Map.of("X-Auth-Token", ApiFixture.TOKEN);
    for (Reply reply :
        List.of(
            fixture.send("/v2/accounts", "GET", "", token),
            fixture.send("/v2/accounts", "PUT", "{'data':{'name':'A'}}", token),
            owner("PUT", "{'data':{'name':'A'}}"))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.data().path("message").asString())
          .startsWith("only a token for all accounts may be used to ");
    }
    assertThat(fixture.store.accounts()).hasSize(2);
  }

  @Test
  void anAccountChangesItselfExceptItsRealmAndConfiguration() {
    fixture.store.account(
        ApiFixture.ACME,
        ApiFixture.json("{'name':'Acme','realm':'a.example.com','config':{'limits':{'calls':5}}}"));

    assertThat(owner("PATCH", "{'data':{'name':'New','realm':'a.example.com'}}").status())
        .isEqualTo(200);
    for (String refused :
        List.of(
            "{'realm':'b.example.com'}",
            "{'realm':null}",
            "{'config':{'limits':{'calls':6}}}",
            "{'config':{'conferences':{'profiles':{'default':{'alone-sound':'/etc/passwd'}}}}}",
            "{'config':null}")) {
      Reply reply = owner("PATCH", "{'data':" + refused + "}");
      assertThat(reply.status()).as(refused).isEqualTo(403);
      assertThat(reply.data().path("message").asString())
          .startsWith("only a token for all accounts may be used to change ");
    }
    assertThat(owner("POST", "{'data':{'name':'New'}}").status()).isEqualTo(403);
    assertThat(fixture.store.accountByRealm("a.example.com")).contains(ApiFixture.ACME);
  }

  @Test
  void aTokenWithoutAdminChangesNoAccount() {
    limited(Scope.READ, Scope.CONTROL, Scope.DOCUMENTS);
    for (String verb : List.of("PUT", "POST", "PATCH")) {
      Reply reply = limited("{'data':{'name':'New'}}", verb);
      assertThat(reply.status()).as(verb).isEqualTo(403);
      assertThat(reply.data().path("message").asString())
          .isEqualTo("the token does not have the scope \"admin\"");
    }
  }

  @Test
  void anotherAccountIsNeitherReadNorChanged() {
    Map<String, String> token = Map.of("X-Auth-Token", ApiFixture.TOKEN);
    for (String verb : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
      assertThat(fixture.send("/v2/accounts/other", verb, "{'data':{'name':'A'}}", token).status())
          .as(verb)
          .isEqualTo(403);
    }
    assertThat(admin("/nobody", "GET", "").status()).isEqualTo(404);
    assertThat(admin("/nobody", "DELETE", "").status()).isEqualTo(404);
    assertThat(fixture.store.accounts()).hasSize(2);
  }
}

package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.core.record.Retention;
import dev.callflow.core.record.RetentionTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Logins of users and of programs with an API key. */
class LoginTests {

  /** The MD5 hash of {@code anna:correct horse}. */
  private static final String MD5 = "12bf61e2e655631f5e0e89b7512021c3";

  /** The SHA-1 hash of {@code anna:correct horse}. */
  private static final String SHA1 = "0df12727c661cead534c3d8d398ed3f2590a4b22";

  private static final String ANNA =
      "{'data':{'first_name':'Anna','username':'anna','password':'correct horse'}}";

  private final MemoryRecords records = new MemoryRecords();
  private final ApiFixture fixture = new ApiFixture(api -> api.records(records));

  /** Creates the user anna, and returns their id. */
  private String anna() {
    Reply reply = fixture.request("PUT", "/users", ANNA);
    assertThat(reply.status()).isEqualTo(201);
    return reply.data().path("id").asString();
  }

  private Reply logIn(String data) {
    return logIn(data, "192.0.2.1");
  }

  private Reply logIn(String data, String address) {
    return fixture.send("/v2/user_auth", "PUT", "{'data':" + data + "}", Map.of(), address);
  }

  private Reply logIn() {
    return logIn("{'credentials':'" + MD5 + "','account_name':'acme'}");
  }

  private int with(Reply login, String verb, String path, String body) {
    return fixture
        .request(
            verb, path, body, Map.of("X-Auth-Token", login.body().path("auth_token").asString()))
        .status();
  }

  @Test
  void aUserLogsInWithTheHashOfNameAndPassword() {
    String anna = anna();
    for (String credentials :
        List.of(
            "{'credentials':'" + MD5 + "','account_name':'acme'}",
            "{'credentials':'"
                + MD5.toUpperCase(java.util.Locale.ROOT)
                + "','method':'md5','account_name':'acme'}",
            "{'credentials':'" + SHA1 + "','method':'sha','account_name':'acme'}",
            "{'credentials':'" + MD5 + "','phone_number':'5000'}")) {
      Reply login = logIn(credentials);
      assertThat(login.status()).as(credentials).isEqualTo(201);
      assertThat(login.data().path("account_id").asString()).isEqualTo("acme");
      assertThat(login.data().path("owner_id").asString()).isEqualTo(anna);
      assertThat(login.data().path("scopes")).hasToString("[\"read\",\"control\"]");
      assertThat(login.data().path("expires").asString()).endsWith("Z");
      assertThat(with(login, "GET", "/conferences", "")).isEqualTo(200);
      assertThat(with(login, "PUT", "/conferences/red", "{'action':'lock'}")).isEqualTo(202);
      assertThat(with(login, "GET", "/tokens", "")).isEqualTo(403);
    }
  }

  @Test
  void anAccountIsFoundByItsNameWithoutRegardToCaseAndSpaces() {
    fixture.store.createAccount(
        new dev.callflow.core.document.AccountId("0a1b"),
        ApiFixture.json("{'name':'Big Company, Inc.','realm':'sip.big.example.com'}"));
    fixture.send(
        "/v2/accounts/0a1b/users", "PUT", ANNA, Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
    for (String named :
        List.of(
            "'account_name':'Big Company, Inc.'",
            "'account_name':'bigcompanyinc'",
            "'account_name':'0a1b'",
            "'account_realm':'SIP.big.example.com'")) {
      Reply login = logIn("{'credentials':'" + MD5 + "'," + named + "}");
      assertThat(login.status()).as(named).isEqualTo(201);
      assertThat(login.data().path("account_name").asString()).isEqualTo("Big Company, Inc.");
    }
  }

  @Test
  void anAdministratorMayDoEverything() {
    fixture.request("PATCH", "/users/" + anna(), "{'data':{'priv_level':'admin'}}");
    Reply login = logIn();
    assertThat(with(login, "GET", "/tokens", "")).isEqualTo(200);
    assertThat(with(login, "PATCH", "/conferences/red", "{'data':{'name':'Blue'}}")).isEqualTo(200);
  }

  @Test
  void thePasswordIsNeitherReturnedNorKept() {
    Reply created = fixture.request("PUT", "/users", ANNA);
    String anna = created.data().path("id").asString();
    assertThat(created.body().toString()).doesNotContain("correct horse", "password");
    assertThat(fixture.request("GET", "/users/" + anna).body().toString())
        .doesNotContain("correct horse", "password");
    assertThat(fixture.store.find(ApiFixture.ACME, DocumentType.USER, anna).orElseThrow().body())
        .hasToString("{\"first_name\":\"Anna\",\"username\":\"anna\"}");
    logIn();
    String kept =
        records.list(RecordQuery.oldest(RecordKind.CREDENTIAL, 100)).stream()
                .map(it -> it.id() + it.body())
                .toList()
            + records.list(RecordQuery.oldest(RecordKind.TOKEN, 100)).stream()
                .map(it -> it.id() + it.body())
                .toList()
                .toString();
    assertThat(kept).contains(anna).doesNotContain("correct horse", MD5, SHA1);
  }

  @Test
  void aDocumentFromElsewhereShowsNoPassword() {
    fixture.store.put(
        ApiFixture.ACME,
        DocumentType.USER,
        "bob",
        ApiFixture.json("{'username':'bob','password':'letmein!'}"));
    assertThat(fixture.request("GET", "/users/bob").body().toString()).doesNotContain("letmein!");
  }

  @Test
  void nobodyLearnsWhyALoginIsRefused() {
    String anna = anna();
    String right = "{'credentials':'" + MD5 + "','account_name':'acme'}";
    List<Reply> refusals =
        new java.util.ArrayList<>(
            List.of(
                logIn("{'credentials':'00000000000000000000000000000000','account_name':'acme'}"),
                logIn("{'credentials':'" + MD5 + "','account_name':'other'}"),
                logIn("{'credentials':'" + MD5 + "','account_name':'nobody'}"),
                logIn("{'credentials':'" + MD5 + "','account_realm':'sip.example.com'}"),
                logIn("{'credentials':'" + MD5 + "','phone_number':'99999'}")));
    fixture.request("PATCH", "/users/" + anna, "{'data':{'enabled':false}}");
    refusals.add(logIn(right));
    for (Reply refusal : refusals) {
      assertThat(refusal.status()).isEqualTo(401);
      assertThat(refusal.data()).hasToString("{\"message\":\"invalid credentials\"}");
      assertThat(refusal.body().has("auth_token")).isFalse();
    }
    fixture.request("PATCH", "/users/" + anna, "{'data':{'enabled':true}}");
    assertThat(logIn(right).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|credentials|must be the MD5 hash of \"user:password\" in hexadecimal digits",
        "{'credentials':'anna:secret','account_name':'acme'}|credentials|must be the MD5 hash of"
            + " \"user:password\" in hexadecimal digits",
        "{'credentials':7,'account_name':'acme'}|credentials|must be the MD5 hash of"
            + " \"user:password\" in hexadecimal digits",
        "{'credentials':'12bf61e2e655631f5e0e89b7512021c3','method':'sha','account_name':'acme'}|credentials|must"
            + " be the SHA-1 hash of \"user:password\" in hexadecimal digits",
        "{'credentials':'12bf61e2e655631f5e0e89b7512021c3','method':'bcrypt','account_name':'acme'}|method|must"
            + " be \"md5\" or \"sha\"",
        "{'credentials':'12bf61e2e655631f5e0e89b7512021c3'}|account_name|one of \"account_name\","
            + " \"account_realm\" and \"phone_number\" is required",
      })
  void aWrongValueIsRefusedWithWhatIsExpected(String data, String key, String message) {
    Reply reply = logIn(data);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path(key).values().iterator().next().path("message").asString())
        .isEqualTo(message);
    assertThat(reply.body().toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'password':'changed it'}|401",
        "{'enabled':false}|401",
        "{'priv_level':'admin'}|401",
        "{'first_name':'Anne'}|200",
      })
  void aChangeOfTheUserEndsTheirLogins(String change, int status) {
    String anna = anna();
    Reply login = logIn();
    assertThat(fixture.request("PATCH", "/users/" + anna, "{'data':" + change + "}").status())
        .isEqualTo(200);
    assertThat(with(login, "GET", "/conferences", "")).isEqualTo(status);
  }

  @Test
  void theOldPasswordIsNoLongerAccepted() {
    String anna = anna();
    fixture.request(
        "POST", "/users/" + anna, "{'data':{'username':'anna','password':'changed it'}}");
    assertThat(logIn().status()).isEqualTo(401);
  }

  @Test
  void aRemovedUserCannotLogInAndIsLoggedOut() {
    String anna = anna();
    Reply login = logIn();
    fixture.request("DELETE", "/users/" + anna);
    assertThat(with(login, "GET", "/conferences", "")).isEqualTo(401);
    assertThat(logIn().status()).isEqualTo(401);
    assertThat(
            records.list(RecordQuery.oldest(RecordKind.CREDENTIAL, 100)).stream()
                .filter(it -> it.subject().startsWith("user/")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'username':'bob','password':'short'}|password|must be a string of 8 to 256 characters",
        "{'username':'bob','password':12345678}|password|must be a string of 8 to 256 characters",
        "{'password':'long enough'}|username|a user with a password must have a username, without a"
            + " colon",
        "{'username':'b:ob','password':'long enough'}|username|a user with a password must have a"
            + " username, without a colon",
      })
  void aPasswordThatCannotBeUsedIsRefused(String user, String key, String message) {
    Reply reply = fixture.request("PUT", "/users", "{'data':" + user + "}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path(key).values().iterator().next().path("message").asString())
        .isEqualTo(message);
    assertThat(reply.body().toString()).doesNotContain("long enough", "12345678", "short");
    assertThat(fixture.request("GET", "/users").data()).isEmpty();
  }

  @Test
  void aNewNameNeedsThePasswordAgain() {
    String anna = anna();
    Reply refused = fixture.request("PATCH", "/users/" + anna, "{'data':{'username':'anne'}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.data().at("/password/required/message").asString())
        .isEqualTo(
            "must be set again when the username changes, because it is checked together with it");
  }

  @Test
  void onlyATokenWithAdminSetsPasswordsAndMakesAdministrators() {
    String anna = anna();
    String documents =
        fixture
            .request(
                "PUT", "/tokens", "{'data':{'name':'x','scopes':['read','control','documents']}}")
            .data()
            .path("token")
            .asString();
    Map<String, String> headers = Map.of("X-Auth-Token", documents);
    for (String change : List.of("{'password':'changed it'}", "{'priv_level':'admin'}")) {
      Reply refused =
          fixture.request("PATCH", "/users/" + anna, "{'data':" + change + "}", headers);
      assertThat(refused.status()).as(change).isEqualTo(403);
    }
    assertThat(
            fixture
                .request(
                    "PUT", "/users", "{'data':{'username':'eve','priv_level':'admin'}}", headers)
                .status())
        .isEqualTo(403);
    assertThat(
            fixture
                .request("PATCH", "/users/" + anna, "{'data':{'first_name':'Anne'}}", headers)
                .status())
        .isEqualTo(200);
    assertThat(logIn().status()).isEqualTo(201);
  }

  @Test
  void importedDigestsOfKazooAreMovedOutOfTheDocuments() {
    fixture.store.put(
        ApiFixture.ACME,
        DocumentType.USER,
        "anna",
        ApiFixture.json(
            "{'username':'anna','pvt_md5_auth':'"
                + MD5
                + "','pvt_sha1_auth':'"
                + SHA1
                + "','pvt_type':'user'}"));
    fixture.store.put(
        ApiFixture.ACME,
        DocumentType.USER,
        "bob",
        ApiFixture.json("{'username':'bob','password':'letmein!'}"));
    fixture.store.put(
        ApiFixture.ACME, DocumentType.USER, "carl", ApiFixture.json("{'username':'carl'}"));
    assertThat(logIn().status()).isEqualTo(401);
    assertThat(fixture.api.moveImportedPasswords()).isEqualTo(2);
    assertThat(logIn().data().path("owner_id").asString()).isEqualTo("anna");
    ObjectNode left =
        fixture.store.find(ApiFixture.ACME, DocumentType.USER, "anna").orElseThrow().body();
    assertThat(left).hasToString("{\"username\":\"anna\",\"pvt_type\":\"user\"}");
    assertThat(fixture.store.find(ApiFixture.ACME, DocumentType.USER, "bob").orElseThrow().body())
        .hasToString("{\"username\":\"bob\"}");
    assertThat(fixture.api.moveImportedPasswords()).isZero();
  }

  private static final String KAZOO_KEY = "b0c1".repeat(16);

  private Reply withKey(String key) {
    return fixture.send("/v2/api_auth", "PUT", "{'data':{'api_key':'" + key + "'}}", Map.of());
  }

  @Test
  void aProgramLogsInWithTheApiKeyOfAnImportedAccountWhichIsMovedOutOfIt() {
    fixture.store.account(
        ApiFixture.ACME,
        ApiFixture.json("{'name':'Acme','pvt_api_key':'" + KAZOO_KEY + "','pvt_enabled':true}"));
    assertThat(withKey(KAZOO_KEY).status()).isEqualTo(401);

    assertThat(fixture.api.moveImportedPasswords()).isEqualTo(1);
    Reply login = withKey(KAZOO_KEY);
    assertThat(login.status()).isEqualTo(201);
    assertThat(login.data().path("account_id").asString()).isEqualTo("acme");
    assertThat(fixture.store.accountBody(ApiFixture.ACME))
        .contains(ApiFixture.json("{'name':'Acme','pvt_enabled':true}"));
    assertThat(
            records.list(RecordQuery.oldest(RecordKind.CREDENTIAL, 100)).stream()
                .map(it -> it.id() + it.body())
                .toList()
                .toString())
        .doesNotContain(KAZOO_KEY);
    assertThat(fixture.api.moveImportedPasswords()).isZero();
    assertThat(fixture.request("DELETE", "/api_key").status()).isEqualTo(200);
    assertThat(withKey(KAZOO_KEY).status()).isEqualTo(401);
  }

  @Test
  void anImportedApiKeyDoesNotReplaceOneThatWasMadeHere() {
    String key = fixture.request("PUT", "/api_key").data().path("api_key").asString();
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'pvt_api_key':'" + KAZOO_KEY + "'}"));

    fixture.api.moveImportedPasswords();
    assertThat(withKey(key).status()).isEqualTo(201);
    assertThat(withKey(KAZOO_KEY).status()).isEqualTo(401);
    assertThat(fixture.store.accountBody(ApiFixture.ACME)).contains(ApiFixture.json("{}"));
  }

  @Test
  void anApiKeyThatWasReplacedBeforeItWasMovedNeverBecomesValid() {
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'pvt_api_key':'" + KAZOO_KEY + "'}"));
    fixture.request("PUT", "/api_key");
    fixture.request("DELETE", "/api_key");

    fixture.api.moveImportedPasswords();
    assertThat(withKey(KAZOO_KEY).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PATCH"})
  void noReplyContainsTheApiKeyOfAnImportedAccount(String verb) {
    fixture.store.account(
        ApiFixture.ACME, ApiFixture.json("{'name':'Acme','pvt_api_key':'" + KAZOO_KEY + "'}"));
    String body = verb.equals("GET") ? "" : "{'data':{'name':'New'}}";

    assertThat(fixture.request(verb, "", body).body().toString())
        .contains("name")
        .doesNotContain(KAZOO_KEY)
        .doesNotContain("pvt_api_key");
  }

  @Test
  void aShortApiKeyAndOneOfTwoAccountsAreNotUsed() {
    fixture.store.account(ApiFixture.ACME, ApiFixture.json("{'pvt_api_key':'short'}"));
    fixture.api.moveImportedPasswords();
    assertThat(withKey("short").status()).isEqualTo(401);

    for (AccountId account : List.of(ApiFixture.ACME, ApiFixture.OTHER)) {
      fixture.store.account(account, ApiFixture.json("{'pvt_api_key':'" + KAZOO_KEY + "'}"));
    }
    assertThat(fixture.api.moveImportedPasswords()).isEqualTo(1);
    assertThat(withKey(KAZOO_KEY).status()).isEqualTo(201);
  }

  @Test
  void aProgramLogsInWithAnApiKey() {
    Reply created = fixture.request("PUT", "/api_key");
    String key = created.data().path("api_key").asString();
    assertThat(key).matches("[0-9a-f]{64}");
    Reply login =
        fixture.send("/v2/api_auth", "PUT", "{'data':{'api_key':'" + key + "'}}", Map.of());
    assertThat(login.status()).isEqualTo(201);
    assertThat(login.data().has("owner_id")).isFalse();
    assertThat(with(login, "GET", "/tokens", "")).isEqualTo(200);
    assertThat(
            records.list(RecordQuery.oldest(RecordKind.CREDENTIAL, 100)).toString()
                + records.list(RecordQuery.oldest(RecordKind.CREDENTIAL, 100)).stream()
                    .map(it -> it.id() + it.body())
                    .toList())
        .doesNotContain(key);
    fixture.request("PUT", "/api_key");
    assertThat(
            fixture
                .send("/v2/api_auth", "PUT", "{'data':{'api_key':'" + key + "'}}", Map.of())
                .status())
        .isEqualTo(401);
    assertThat(fixture.send("/v2/api_auth", "PUT", "{'data':{}}", Map.of()).status())
        .isEqualTo(400);
    assertThat(fixture.request("DELETE", "/api_key").status()).isEqualTo(200);
    assertThat(fixture.request("DELETE", "/api_key").status()).isEqualTo(404);
  }

  @Test
  void theTokensOfLoginsAreRemovedAfterTheyHaveExpired() throws InterruptedException {
    fixture.run(() -> {
      RetentionTask retention = RetentionTask.start(records, Retention.standard(), fixture.time);
      String key = fixture.request("PUT", "/api_key").data().path("api_key").asString();
      assertThat(withKey(key).status()).isEqualTo(201);
      RecordQuery tokens = RecordQuery.newest(ApiFixture.ACME, RecordKind.TOKEN, 10);
      fixture.sleep(Duration.ofHours(11));
      assertThat(records.list(tokens)).hasSize(1);
      fixture.sleep(Duration.ofHours(2));
      assertThat(records.list(tokens)).isEmpty();
      retention.close();
    });
  }

  @Test
  void aLogoutRevokesTheToken() {
    anna();
    Reply login = logIn();
    Map<String, String> headers =
        Map.of("X-Auth-Token", login.body().path("auth_token").asString());
    Reply own = fixture.send("/v2/token_auth", "GET", "", headers);
    assertThat(own.data().path("account_id").asString()).isEqualTo("acme");
    assertThat(fixture.send("/v2/token_auth", "DELETE", "", headers).status()).isEqualTo(200);
    assertThat(fixture.send("/v2/token_auth", "GET", "", headers).status()).isEqualTo(401);
    Reply configured =
        fixture.send("/v2/token_auth", "DELETE", "", Map.of("X-Auth-Token", ApiFixture.TOKEN));
    assertThat(configured.status()).isEqualTo(404);
    assertThat(configured.data().path("message").asString())
        .isEqualTo("the token is in the configuration and can only be revoked there");
  }

  @Test
  void strangersWhoGuessDoNotLockUsersOut() {
    anna();
    assertThat(logIn().status()).isEqualTo(201);
    String wrong = "{'credentials':'00000000000000000000000000000000','account_name':'acme'}";
    int status = 401;
    for (int i = 0; i < 60 && status == 401; i++) {
      status = logIn(wrong, "198.51.100." + i).status();
    }
    assertThat(status).isEqualTo(429);
    assertThat(logIn(wrong, "203.0.113.1").data().path("message").asString())
        .isEqualTo("too many failed logins to this account; retry later");
    assertThat(logIn().status()).isEqualTo(201);
  }

  @Test
  void anAddressMayTryOnlySoOften() {
    int status = 400;
    for (int i = 0; i < 31 && status == 400; i++) {
      status = logIn("{}").status();
    }
    assertThat(status).isEqualTo(429);
    assertThat(logIn("{}", "192.0.2.2").status()).isEqualTo(400);
  }
}

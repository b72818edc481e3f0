package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.core.document.StoreUnavailableException;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The audit of changes and actions. */
class AuditTests {

  private final MemoryRecords records = new MemoryRecords();
  private final ApiFixture fixture = new ApiFixture(api -> api.records(records));

  private JsonNode audit() throws InterruptedException {
    fixture.sleep(Duration.ofMillis(1));
    return fixture.request("GET", "/audit").data();
  }

  @Test
  void aChangeIsKeptWithWhoWhatAndResult() throws InterruptedException {
    fixture.run(() -> {
      String token =
          fixture
              .request("PUT", "/tokens", "{'data':{'name':'Reception','scopes':['control']}}")
              .data()
              .path("token")
              .asString();
      fixture.sleep(Duration.ofSeconds(1));
      fixture.send(
          "/v2/accounts/acme/conferences/red",
          "PUT",
          "{'data':{'action':'lock'}}",
          Map.of("X-Auth-Token", token),
          "192.0.2.7");
      fixture.sleep(Duration.ofSeconds(1));
      fixture.request("DELETE", "/conferences/green", "", Map.of("X-Auth-Token", token));
      JsonNode entries = audit();
      assertThat(entries).hasSize(3);
      JsonNode refused = entries.path(0);
      assertThat(refused.path("status").asInt()).isEqualTo(403);
      assertThat(refused.path("message").asString())
          .isEqualTo("the token does not have the scope \"documents\"");
      JsonNode lock = entries.path(1);
      assertThat(lock.path("token_id").asString()).isEqualTo(HashedTokens.id(token));
      assertThat(lock.path("token_name").asString()).isEqualTo("Reception");
      assertThat(lock.path("address").asString()).isEqualTo("192.0.2.7");
      assertThat(lock.path("method").asString()).isEqualTo("PUT");
      assertThat(lock.path("path").asString()).isEqualTo("/v2/accounts/acme/conferences/red");
      assertThat(lock.path("action").asString()).isEqualTo("lock");
      assertThat(lock.path("status").asInt()).isEqualTo(202);
      assertThat(entries.path(2).path("path").asString()).isEqualTo("/v2/accounts/acme/tokens");
      assertThat(entries.toString()).doesNotContain(token);
    });
  }

  @Test
  void whatIsOnlyReadIsNotKept() throws InterruptedException {
    fixture.run(() -> {
      fixture.request("GET", "/conferences");
      fixture.request("HEAD", "/conferences/red");
      fixture.request("PUT", "/faxes", "{'data':{}}");
      assertThat(audit()).isEmpty();
    });
  }

  @Test
  void noAccountSeesTheAuditOfAnother() throws InterruptedException {
    fixture.run(() -> {
      fixture.send(
          "/v2/accounts/other/conferences",
          "PUT",
          "{'data':{'name':'x'}}",
          Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
      fixture.send(
          "/v2/tokens",
          "PUT",
          "{'data':{'name':'x','scopes':['read']}}",
          Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN));
      assertThat(audit()).isEmpty();
      assertThat(
              fixture
                  .send("/v2/audit", "GET", "", Map.of("X-Auth-Token", ApiFixture.TOKEN))
                  .status())
          .isEqualTo(403);
      JsonNode ofHost =
          fixture
              .send("/v2/audit", "GET", "", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN))
              .data();
      assertThat(ofHost).hasSize(1);
      assertThat(ofHost.path(0).path("path").asString()).isEqualTo("/v2/tokens");
    });
  }

  @Test
  void aLoginIsKeptWithoutItsCredentials() throws InterruptedException {
    fixture.run(() -> {
      fixture.send("/v2/api_auth", "PUT", "{'data':{'api_key':'guess'}}", Map.of(), "192.0.2.66");
      fixture.sleep(Duration.ofMillis(1));
      JsonNode entry =
          fixture
              .send("/v2/audit", "GET", "", Map.of("X-Auth-Token", ApiFixture.ADMIN_TOKEN))
              .data()
              .path(0);
      assertThat(entry.path("status").asInt()).isEqualTo(401);
      assertThat(entry.path("address").asString()).isEqualTo("192.0.2.66");
      assertThat(entry.toString()).doesNotContain("guess");
    });
  }

  @Test
  void thePagesHoldAllEntriesOnceNewestFirst() throws InterruptedException {
    fixture.run(() -> {
      for (int i = 0; i < 5; i++) {
        fixture.request("DELETE", "/users/" + i);
      }
      fixture.sleep(Duration.ofSeconds(10));
      fixture.request("DELETE", "/users/5");
      fixture.sleep(Duration.ofMillis(1));
      List<String> paths = new ArrayList<>();
      Optional<String> start = Optional.empty();
      do {
        Reply page =
            fixture.request(
                "GET", "/audit?page_size=2" + start.map(it -> "&start_key=" + it).orElse(""));
        page.data().values().forEach(it -> paths.add(it.path("path").asString()));
        start =
            Optional.of(page.body().path("next_start_key").asString(""))
                .filter(it -> !it.isEmpty());
      } while (start.isPresent());
      assertThat(paths).hasSize(6).doesNotHaveDuplicates();
      assertThat(paths.getFirst()).isEqualTo("/v2/accounts/acme/users/5");
      String from = fixture.time.now().minusSeconds(5).toString();
      assertThat(fixture.request("GET", "/audit?from=" + from).data()).hasSize(1);
      assertThat(fixture.request("GET", "/audit?to=" + from).data()).hasSize(5);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page_size=0",
        "page_size=1001",
        "page_size=abc",
        "page_size=-1",
        "start_key=garbage",
        "start_key=",
        "from=yesterday",
        "to=1790000000"
      })
  void aWrongValueInTheQueryIsRefused(String query) {
    Reply reply = fixture.request("GET", "/audit?" + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path(query.split("=")[0]).at("/invalid/message").asString())
        .startsWith("must be ");
  }

  @Test
  void entriesWaitWhileTheStoreDoesNotAnswer() throws InterruptedException {
    Unreachable unreachable = new Unreachable();
    ApiFixture other = new ApiFixture(api -> api.records(unreachable));
    other.run(() -> {
      unreachable.isDown = true;
      assertThat(other.request("DELETE", "/users/1").status()).isEqualTo(404);
      other.sleep(Duration.ofSeconds(12));
      unreachable.isDown = false;
      other.sleep(Duration.ofSeconds(5));
      assertThat(other.request("GET", "/audit").data()).hasSize(1);
    });
  }

  /** A store whose records cannot be written at times. */
  private static final class Unreachable implements dev.callflow.core.record.RecordStore {

    private final MemoryRecords records = new MemoryRecords();
    private boolean isDown;

    @Override
    public void putAll(List<AccountRecord> added) {
      if (isDown) {
        throw new StoreUnavailableException("down");
      }
      records.putAll(added);
    }

    @Override
    public Optional<AccountRecord> find(
        Optional<dev.callflow.core.document.AccountId> account,
        dev.callflow.core.record.RecordKind kind,
        String id) {
      return records.find(account, kind, id);
    }

    @Override
    public Optional<AccountRecord> findAnywhere(
        dev.callflow.core.record.RecordKind kind, String id) {
      return records.findAnywhere(kind, id);
    }

    @Override
    public List<AccountRecord> list(dev.callflow.core.record.RecordQuery query) {
      return records.list(query);
    }

    @Override
    public Optional<AccountRecord> update(
        Optional<dev.callflow.core.document.AccountId> account,
        dev.callflow.core.record.RecordKind kind,
        String id,
        java.util.function.UnaryOperator<tools.jackson.databind.node.ObjectNode> change) {
      return records.update(account, kind, id, change);
    }

    @Override
    public boolean claim(AccountRecord record, java.time.Instant at) {
      return records.claim(record, at);
    }

    @Override
    public boolean remove(
        Optional<dev.callflow.core.document.AccountId> account,
        dev.callflow.core.record.RecordKind kind,
        String id) {
      return records.remove(account, kind, id);
    }

    @Override
    public int removeAll(dev.callflow.core.document.AccountId account) {
      return records.removeAll(account);
    }

    @Override
    public int prune(
        dev.callflow.core.record.RecordKind kind, java.time.Instant before, int maxPerAccount) {
      return records.prune(kind, before, maxPerAccount);
    }
  }
}

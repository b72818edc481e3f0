package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creating, reading, changing, deleting and listing documents (docs/spec/api.md#documents). */
class StoredDocumentsTests {

  private final ApiFixture fixture = new ApiFixture();

  private Reply create(String document) {
    return fixture.request("PUT", "/conferences", "{'data':" + document + "}");
  }

  private String id(Reply created) {
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    return created.data().path("id").asString();
  }

  // ---- quotas

  @Test
  void aDocumentThatIsTooLargeIsRefusedWithTheLimit() {
    Reply reply = create("{'name':'Board','notes':'" + "x".repeat(262_200) + "'}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.message()).isEqualTo("request_too_large");
    assertThat(reply.data().path("message").asString()).endsWith(" bytes; the maximum is 262144");
    assertThat(reply.data().path("quota").asString()).isEqualTo("document_bytes");
    assertThat(reply.data().path("maximum").asInt()).isEqualTo(262_144);

    Reply patch =
        fixture.request(
            "PATCH", "/conferences/red", "{'data':{'notes':'" + "x".repeat(262_200) + "'}}");
    assertThat(patch.status()).isEqualTo(413);
  }

  @Test
  void aDocumentWithTooManyKeysIsRefusedBeforeItIsValidated() {
    Reply reply = create("{'flags':[" + "0,".repeat(10_000) + "0]}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.data().path("message").asString())
        .isEqualTo("the document has 10002 keys and list entries; the maximum is 10000");
  }

  @Test
  void anAccountThatHasReachedItsLimitGetsNoMoreDocuments() {
    ObjectNode body = Json.object().put("text", "x".repeat(250_000));
    for (int i = 0; i < 134; i++) {
      fixture.store.create(ApiFixture.ACME, DocumentType.MEDIA, "m" + i, body);
    }
    Reply reply =
        fixture.request("PUT", "/users", "{'data':{'notes':'" + "x".repeat(250_000) + "'}}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isEqualTo("quota_exceeded");
    assertThat(reply.data().path("quota").asString()).isEqualTo("bytes");
    assertThat(reply.data().path("message").asString()).endsWith("the maximum is 33554432");
  }

  // ---- create

  @Test
  void aNewDocumentGetsAnIdAndTheDefaults() {
    Reply reply = create("{'name':'Board','colour':'green'}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.data().path("id").asString()).matches("[0-9a-f]{32}");
    assertThat(reply.data().path("colour").asString()).isEqualTo("green");
    assertThat(reply.data().path("conference_numbers")).hasToString("[]");
    assertThat(reply.data().path("member"))
        .hasToString("{\"join_deaf\":false,\"join_muted\":true,\"numbers\":[],\"pins\":[]}");
    assertThat(reply.data().path("moderator").path("join_muted").asBoolean(true)).isFalse();
    assertThat(reply.data().path("play_name").asBoolean(true)).isFalse();
    assertThat(reply.body().path("revision").asString()).startsWith("1-");
  }

  @Test
  void valuesOfTheWrongTypeAreConverted() {
    Reply reply = create("{'name':'Board','max_participants':'5','play_name':'true'}");
    assertThat(reply.data().path("max_participants").isInt()).isTrue();
    assertThat(reply.data().path("play_name").isBoolean()).isTrue();
  }

  @Test
  void everyViolationIsNamed() {
    Reply reply =
        create(
            "{'max_participants':-1,'conference_numbers':['1','12a'],'profile':{'interval':5},"
                + "'member':{'pins':['x1']}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("error").asString()).isEqualTo("400");
    assertThat(reply.message()).isEqualTo("validation error");
    assertThat(reply.data().propertyNames())
        .containsExactlyInAnyOrder(
            "name",
            "max_participants",
            "conference_numbers.1",
            "profile.interval",
            "member.pins.0");
    assertThat(reply.data().path("name").has("required")).isTrue();
    assertThat(reply.data().path("max_participants").path("minimum").path("target").asInt(-1))
        .isZero();
    assertThat(reply.data().path("conference_numbers.1").path("pattern").path("value").asString())
        .isEqualTo("12a");
  }

  @Test
  void unknownKeysAreStoredWordByWordWithAWarning() {
    Reply reply = create("{'name':'Board','colour':'green','max_particpants':5,'owner_id':'bob'}");
    assertThat(id(reply)).isNotEmpty();
    assertThat(reply.data().path("max_particpants").asInt()).isEqualTo(5);
    assertThat(reply.body().path("warnings"))
        .hasToString(
            "[{\"pointer\":\"/owner_id\",\"message\":\"does not have 32 characters, as Kazoo's ids"
                + " have\"},{\"pointer\":\"/colour\",\"message\":\"unknown key, which has no"
                + " effect\"},{\"pointer\":\"/max_particpants\",\"message\":\"unknown key, which"
                + " has no effect; did you mean \\\"max_participants\\\"?\"}]");
    Reply read = fixture.request("GET", "/conferences/" + id(reply), "");
    assertThat(read.data().path("colour").asString()).isEqualTo("green");
    assertThat(read.body().has("warnings")).isFalse();
  }

  @Test
  void theSchemaThatADocumentNamesForEditorsIsKeptWithoutAWarning() {
    Reply reply = create("{'$schema':'../schemas/conference.json','name':'Board'}");
    assertThat(reply.body().has("warnings")).isFalse();
    assertThat(
            fixture
                .request("GET", "/conferences/" + id(reply), "")
                .data()
                .path("$schema")
                .asString())
        .isEqualTo("../schemas/conference.json");
  }

  @Test
  void aDocumentWithoutFindingsHasNoWarnings() {
    assertThat(create("{'name':'Board'}").body().has("warnings")).isFalse();
  }

  @Test
  void aMisspeltPinThatWouldOpenTheRoomIsRefusedWithoutQuotingIt() {
    Reply reply = create("{'name':'Board','member':{'pin':'482913'},'moderator_pin':'739164'}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().propertyNames())
        .containsExactlyInAnyOrder("moderator_pin", "member.pin");
    assertThat(
            reply.data().path("member.pin").path("additionalProperties").path("message").asString())
        .isEqualTo("unknown key, so callers get in without a PIN; did you mean \"pins\"?");
    assertThat(reply.body().toString()).doesNotContain("482913", "739164");
  }

  @Test
  void anUnknownModuleIsStoredWordByWordWithAWarning() {
    Reply reply =
        fixture.request(
            "PUT",
            "/callflows",
            "{'data':{'numbers':['7001'],'flow':{'module':'menue','data':{'own':[1]},"
                + "'children':{'_':{'module':'conference','data':{'id':'w1'}}}}}}");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    assertThat(reply.body().path("warnings"))
        .hasToString(
            "[{\"pointer\":\"/flow/module\",\"message\":\"unknown module \\\"menue\\\"; the call"
                + " continues at the wildcard child; did you mean"
                + " \\\"menu\\\"?\"},{\"pointer\":\"/flow/children/_/data/id\",\"message\":\"does"
                + " not have 32 characters, as Kazoo's ids have\"}]");
    assertThat(
            fixture
                .request("GET", "/callflows/" + reply.data().path("id").asString(), "")
                .data()
                .path("flow"))
        .hasToString(
            "{\"module\":\"menue\",\"data\":{\"own\":[1]},\"children\":{\"_\":{\"module\":"
                + "\"conference\",\"data\":{\"id\":\"w1\"}}}}");
  }

  @Test
  void aPinIsNotQuotedInAnError() {
    assertThat(create("{'name':'B','member':{'pins':['47110815x']}}").body().toString())
        .doesNotContain("47110815");
  }

  @Test
  void aNumberBelongsToOneConferenceOfAnAccount() {
    Reply reply = create("{'name':'Board','moderator':{'numbers':['500','501']}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data())
        .hasToString(
            "{\"numbers\":{\"unique\":{\"message\":\"Numbers already in"
                + " use\",\"cause\":\"500\"}}}");
    assertThat(
            fixture
                .send(
                    "/v2/accounts/other/conferences",
                    "PUT",
                    "{'data':{'name':'Other','conference_numbers':['500']}}",
                    Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN))
                .status())
        .isEqualTo(201);
  }

  @Test
  void aDocumentKeepsItsOwnNumbers() {
    assertThat(
            fixture
                .request(
                    "POST",
                    "/conferences/red",
                    "{'data':{'name':'R','conference_numbers':['500']}}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void privateKeysSentByClientsAreDropped() {
    Reply reply = create("{'name':'B','_read_only':{'members':9},'pvt_secret':1,'id':'mine'}");
    assertThat(reply.data().has("pvt_secret")).isFalse();
    assertThat(reply.data().path("_read_only").path("members").asInt()).isZero();
    assertThat(reply.data().path("id").asString()).isNotEqualTo("mine");
  }

  // ---- read

  @Test
  void anUnknownDocumentIsNotFound() {
    Reply reply = fixture.request("GET", "/conferences/green");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).isEqualTo("bad_identifier");
    assertThat(fixture.request("DELETE", "/conferences/green").status()).isEqualTo(404);
    assertThat(fixture.request("POST", "/conferences/green", "{'data':{'name':'x'}}").status())
        .isEqualTo(404);
    assertThat(fixture.request("PATCH", "/conferences/green", "{'data':{'name':'x'}}").status())
        .isEqualTo(404);
  }

  @Test
  void anUnchangedDocumentIsNotSentAgain() {
    Reply first = fixture.request("GET", "/conferences/red");
    String tag = first.headers().get("ETag");
    Reply again = fixture.request("GET", "/conferences/red", "", Map.of("If-None-Match", tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.reply().body()).isEmpty();
    fixture.request("PATCH", "/conferences/red", "{'data':{'name':'New'}}");
    assertThat(
            fixture.request("GET", "/conferences/red", "", Map.of("If-None-Match", tag)).status())
        .isEqualTo(200);
  }

  // ---- change

  @Test
  void aReplacementKeepsPrivateKeysOnly() {
    fixture.store.put(
        ApiFixture.ACME,
        DocumentType.CONFERENCE,
        "red",
        ApiFixture.json("{'name':'Red','colour':'red','pvt_created':1}"));
    Reply reply = fixture.request("POST", "/conferences/red", "{'data':{'name':'New'}}");
    assertThat(reply.data().path("name").asString()).isEqualTo("New");
    assertThat(reply.data().has("colour")).isFalse();
    assertThat(reply.data().has("pvt_created")).isFalse();
    ObjectNode stored =
        fixture.store.find(ApiFixture.ACME, DocumentType.CONFERENCE, "red").orElseThrow().body();
    assertThat(stored.path("pvt_created").asInt()).isOne();
  }

  @Test
  void aPatchMergesKeysAndNullRemovesThem() {
    fixture.request(
        "PATCH", "/conferences/red", "{'data':{'colour':'red','member':{'pins':['1']}}}");
    Reply reply =
        fixture.request(
            "PATCH", "/conferences/red", "{'data':{'colour':null,'member':{'join_deaf':true}}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().has("colour")).isFalse();
    assertThat(reply.data().at("/member/pins/0").asString()).isEqualTo("1");
    assertThat(reply.data().at("/member/join_deaf").asBoolean()).isTrue();
    assertThat(reply.data().path("name").asString()).isEqualTo("Red");
  }

  @Test
  void aPatchThatRemovesTheNameIsRefused() {
    Reply reply = fixture.request("PATCH", "/conferences/red", "{'data':{'name':null}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("name").has("required")).isTrue();
  }

  @Test
  void aChangeToAnOutdatedRevisionIsAConflict() {
    String seen = fixture.request("GET", "/conferences/red").body().path("revision").asString();
    Map<String, String> ifSeen = Map.of("If-Match", "\"" + seen + "\"");
    assertThat(
            fixture.request("PATCH", "/conferences/red", "{'data':{'name':'A'}}", ifSeen).status())
        .isEqualTo(200);
    Reply late = fixture.request("PATCH", "/conferences/red", "{'data':{'name':'B'}}", ifSeen);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.message()).isEqualTo("datastore_conflict");
    assertThat(
            fixture
                .request(
                    "POST", "/conferences/red", "{'data':{'name':'B'},'revision':'" + seen + "'}")
                .status())
        .isEqualTo(409);
    assertThat(
            fixture
                .request("DELETE", "/conferences/red", "", Map.of("If-Match", "nonsense"))
                .status())
        .isEqualTo(409);
    assertThat(fixture.request("GET", "/conferences/red").data().path("name").asString())
        .isEqualTo("A");
  }

  @Test
  void aRevisionWithTheCurrentNumberAndAnotherHashIsAConflict() {
    String current = fixture.request("GET", "/conferences/red").body().path("revision").asString();
    String seen = current.substring(0, current.indexOf('-') + 1) + "0".repeat(32);
    assertThat(
            fixture
                .request(
                    "PATCH",
                    "/conferences/red",
                    "{'data':{'name':'B'}}",
                    Map.of("If-Match", "\"" + seen + "\""))
                .status())
        .isEqualTo(409);
    assertThat(
            fixture
                .request(
                    "POST", "/conferences/red", "{'data':{'name':'B'},'revision':'" + seen + "'}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void theEntityTagOfADocumentIsAcceptedForAChange() {
    String tag = fixture.request("GET", "/conferences/red").headers().get("ETag");
    assertThat(
            fixture
                .request(
                    "PATCH", "/conferences/red", "{'data':{'name':'A'}}", Map.of("If-Match", tag))
                .status())
        .isEqualTo(200);
    assertThat(
            fixture
                .request(
                    "PATCH", "/conferences/red", "{'data':{'name':'B'}}", Map.of("If-Match", tag))
                .status())
        .isEqualTo(409);
  }

  @Test
  void aDeletedDocumentIsReturnedAndNoLongerExists() {
    Reply reply = fixture.request("DELETE", "/conferences/red");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().path("name").asString()).isEqualTo("Red");
    assertThat(fixture.request("GET", "/conferences/red").status()).isEqualTo(404);
    id(create("{'name':'Board','conference_numbers':['500']}"));
  }

  @Test
  void theVerbMayBeOverridden() {
    assertThat(
            fixture
                .request("POST", "/conferences/red", "{'data':{'name':'A'},'verb':'PATCH'}")
                .data()
                .path("conference_numbers"))
        .hasToString("[\"500\"]");
    assertThat(fixture.request("POST", "/conferences/red?verb=delete").status()).isEqualTo(200);
    assertThat(fixture.request("GET", "/conferences/red").status()).isEqualTo(404);
  }

  @Test
  void anUnsupportedVerbIsRefused() {
    assertThat(fixture.request("POST", "/conferences", "{'data':{}}").status()).isEqualTo(405);
    assertThat(fixture.request("DELETE", "/conferences/red/participants").status()).isEqualTo(405);
    assertThat(fixture.request("PUT", "/devices/d", "{'data':{}}").message())
        .isEqualTo("invalid_method");
    assertThat(fixture.request("TRACE", "/conferences").status()).isEqualTo(405);
  }

  // ---- other document types

  @ParameterizedTest
  @EnumSource(
      value = DocumentType.class,
      names = {"DEVICE", "USER", "MEDIA"})
  void documentsWithoutASchemaAreStoredUnchanged(DocumentType type) {
    String path = "/" + type.collection();
    String id = id(fixture.request("PUT", path, "{'data':{'name':'a','sip':{'username':'u'}}}"));
    assertThat(fixture.request("GET", path + "/" + id).data().at("/sip/username").asString())
        .isEqualTo("u");
    assertThat(fixture.request("DELETE", path + "/" + id).status()).isEqualTo(200);
  }

  @Test
  void aCallflowIsValidatedDownToTheDataOfItsModules() {
    Reply reply =
        fixture.request(
            "PUT",
            "/callflows",
            "{'data':{'numbers':['5001'],'flow':{'module':'conference','data':{'moderator':7}}}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().propertyNames()).containsExactly("flow.data.moderator");
  }

  @Test
  void aNumberBelongsToOneCallflow() {
    String flow = "{'data':{'numbers':['%s'],'flow':{'module':'hangup','data':{}}}}";
    assertThat(fixture.request("PUT", "/callflows", flow.formatted("5000")).data().has("numbers"))
        .isTrue();
    assertThat(fixture.request("PUT", "/callflows", flow.formatted("5001")).status())
        .isEqualTo(201);
  }

  @Test
  void aCallflowNeedsNoNumber() {
    assertThat(
            fixture
                .request("PUT", "/callflows", "{'data':{'flow':{'module':'hangup','data':{}}}}")
                .status())
        .isEqualTo(201);
  }

  // ---- lists

  private List<String> names(Reply list) {
    assertThat(list.status()).isEqualTo(200);
    return StreamSupport.stream(list.data().values().spliterator(), false)
        .map(row -> row.path("name").asString())
        .toList();
  }

  private void storeUsers(int count) {
    for (int i = 1; i <= count; i++) {
      fixture.store.put(
          ApiFixture.ACME,
          DocumentType.USER,
          "u%04d".formatted(i),
          Json.object().put("name", "User " + i).put("odd", i % 2 == 1));
    }
  }

  @Test
  void aListIsInDescendingOrderUnlessAscendingIsRequested() {
    storeUsers(3);
    assertThat(names(fixture.request("GET", "/users")))
        .containsExactly("User 3", "User 2", "User 1");
    assertThat(names(fixture.request("GET", "/users?ascending=true")))
        .containsExactly("User 1", "User 2", "User 3");
  }

  @Test
  void listsArePaginated() {
    storeUsers(120);
    Reply first = fixture.request("GET", "/users?ascending=true");
    assertThat(first.body().path("page_size").asInt()).isEqualTo(50);
    String next = first.body().path("next_start_key").asString();
    Reply second = fixture.request("GET", "/users?ascending=true&start_key=" + next);
    assertThat(names(second).getFirst()).isEqualTo("User 51");
    assertThat(second.body().path("start_key").asString()).isEqualTo(next);
    Reply last =
        fixture.request(
            "GET",
            "/users?ascending=true&page_size=30&start_key="
                + second.body().path("next_start_key").asString());
    assertThat(names(last)).hasSize(20).last().isEqualTo("User 120");
    assertThat(last.body().has("next_start_key")).isFalse();
    assertThat(names(fixture.request("GET", "/users?paginate=false"))).hasSize(120);
  }

  @Test
  void aFilteredPageIsAlsoFull() {
    storeUsers(1_300);
    Reply first = fixture.request("GET", "/users?filter_odd=true&ascending=true&page_size=600");
    assertThat(names(first)).hasSize(600).last().isEqualTo("User 1199");
    assertThat(
            names(
                fixture.request(
                    "GET",
                    "/users?filter_odd=true&ascending=true&start_key="
                        + first.body().path("next_start_key").asString())))
        .hasSize(50)
        .startsWith("User 1201");
  }

  @Test
  void aListIsFiltered() {
    fixture
        .store
        .put(
            ApiFixture.ACME, DocumentType.USER, "a", ApiFixture.json("{'name':'A','at':{'x':'1'}}"))
        .put(
            ApiFixture.ACME,
            DocumentType.USER,
            "b",
            ApiFixture.json("{'name':'B','at':{'x':'2'},'e':''}"))
        .put(
            ApiFixture.ACME,
            DocumentType.USER,
            "c",
            ApiFixture.json("{'name':'C','tags':['t','u']}"));
    assertThat(names(fixture.request("GET", "/users?filter_at.x=1"))).containsExactly("A");
    assertThat(names(fixture.request("GET", "/users?filter_not_at.x=1"))).containsExactly("C", "B");
    assertThat(names(fixture.request("GET", "/users?has_key=at"))).containsExactly("B", "A");
    assertThat(names(fixture.request("GET", "/users?key_missing=at"))).containsExactly("C");
    assertThat(names(fixture.request("GET", "/users?has_value=e"))).isEmpty();
    assertThat(names(fixture.request("GET", "/users?missing_value=e"))).hasSize(3);
    assertThat(names(fixture.request("GET", "/users?filter_tags=u"))).containsExactly("C");
    assertThat(names(fixture.request("GET", "/users?filter_id=b"))).containsExactly("B");
    assertThat(names(fixture.request("GET", "/users?has_key=at&filter_at.x=2")))
        .containsExactly("B");
  }

  @Test
  void aListIsFilteredByCreationAndModificationTime() throws InterruptedException {
    fixture.run(() -> {
      long start = 62_167_219_200L + fixture.time.now().getEpochSecond();
      id(fixture.request("PUT", "/users", "{'data':{'name':'early'}}"));
      fixture.sleep(java.time.Duration.ofSeconds(100));
      String late = id(fixture.request("PUT", "/users", "{'data':{'name':'late'}}"));
      fixture.sleep(java.time.Duration.ofSeconds(100));
      fixture.request("PATCH", "/users/" + late, "{'data':{'name':'later'}}");
      assertThat(names(fixture.request("GET", "/users?created_from=" + (start + 50))))
          .containsExactly("later");
      assertThat(names(fixture.request("GET", "/users?created_to=" + (start + 50))))
          .containsExactly("early");
      assertThat(names(fixture.request("GET", "/users?modified_from=" + (start + 150))))
          .containsExactly("later");
      assertThat(names(fixture.request("GET", "/users?modified_to=" + (start + 150))))
          .containsExactly("early");
    });
  }

  @Test
  void privateKeysCannotBeProbedByFilters() {
    fixture.store.put(
        ApiFixture.ACME, DocumentType.USER, "a", ApiFixture.json("{'name':'A','pvt_k':'1'}"));
    assertThat(names(fixture.request("GET", "/users?filter_pvt_k=1"))).isEmpty();
    assertThat(names(fixture.request("GET", "/users?has_key=pvt_k"))).isEmpty();
  }

  @Test
  void aBadValueOfAKnownParameterIsRefused() {
    for (String query :
        List.of(
            "start_key=%25%25",
            "start_key=x",
            "start_key=../..",
            "start_key=",
            "page_size=abc",
            "page_size=-1",
            "page_size=0",
            "paginate=perhaps",
            "ascending=1",
            "created_from=yesterday",
            "modified_to=-5",
            "has_key=")) {
      Reply reply = fixture.request("GET", "/users?" + query);
      assertThat(reply.status()).as(query).isEqualTo(400);
      String name = query.substring(0, query.indexOf('='));
      assertThat(reply.data().path(name).path("query").path("message").asString())
          .as(query)
          .startsWith("must be ");
    }
  }

  @Test
  void anUnknownParameterIsIgnoredAndNamed() {
    Reply reply = fixture.request("GET", "/users?_=1700000000000&page_size=5&filter_name=a");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Callflow-Ignored-Parameters", "_");
    assertThat(fixture.request("GET", "/users?page_size=5").headers())
        .doesNotContainKey("Callflow-Ignored-Parameters");
  }

  @Test
  void anUnknownParameterOfOurOwnPathIsRefused() {
    assertThat(fixture.request("GET", "/conferences/red/events?form=3").status()).isEqualTo(400);
  }

  @Test
  void rowsOfConferencesContainDocumentKeysAndLiveState() {
    JsonNode row = fixture.request("GET", "/conferences").data().path(0);
    assertThat(row.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "member",
            "conference_numbers",
            "members",
            "admins",
            "duration",
            "is_locked",
            "_read_only");
  }
}

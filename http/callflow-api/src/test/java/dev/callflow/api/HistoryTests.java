package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the host has recorded can be read, page by page, by the tokens of its account. */
class HistoryTests {

  /** The year 2026 begins, in seconds since the year 0. */
  private static final long NEW_YEAR = 63_934_444_800L;

  private final MemoryRecords records = new MemoryRecords();
  private final ApiFixture fixture = new ApiFixture(builder -> builder.records(records));

  @BeforeEach
  void record() {
    put(
        ApiFixture.ACME,
        RecordKind.CONFERENCE,
        "run-1",
        "red",
        0,
        "{'conference_id':'red','ended':%d}".formatted(NEW_YEAR + 50));
    put(ApiFixture.ACME, RecordKind.CONFERENCE, "run-2", "red", 60, "{'conference_id':'red'}");
    put(ApiFixture.ACME, RecordKind.CONFERENCE, "run-3", "gone", 90, "{'conference_id':'gone'}");
    put(ApiFixture.OTHER, RecordKind.CONFERENCE, "run-4", "blue", 90, "{'conference_id':'blue'}");
    put(ApiFixture.ACME, RecordKind.PARTICIPANT, "run-1-7", "run-1", 1, "{'role':'member'}");
    put(ApiFixture.ACME, RecordKind.PARTICIPANT, "run-1-8", "run-1", 2, "{'role':'moderator'}");
    put(ApiFixture.ACME, RecordKind.PARTICIPANT, "run-2-9", "run-2", 61, "{'role':'member'}");
    put(ApiFixture.ACME, RecordKind.RECORDING, "tape-1", "red", 3, "{'run':'run-1'}");
    put(ApiFixture.ACME, RecordKind.RECORDING, "tape-2", "red", 62, "{'run':'run-2'}");
    put(ApiFixture.ACME, RecordKind.REFUSAL, "no-1", "red", 4, "{'reason':'locked'}");
    put(ApiFixture.ACME, RecordKind.REFUSAL, "no-2", "", 5, "{'reason':'bad_number'}");
    put(ApiFixture.ACME, RecordKind.REFUSAL, "no-3", "red", 55, "{'reason':'bad_pin'}");
    put(ApiFixture.ACME, RecordKind.CALL, "call-1", "5000", 0, "{'dialed_number':'5000'}");
  }

  private void put(
      AccountId account, RecordKind kind, String id, String subject, long second, String body) {
    records.put(
        new AccountRecord(
            Optional.of(account),
            kind,
            id,
            subject,
            Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second),
            ApiFixture.json(body)));
  }

  private static List<String> ids(ApiFixture.Reply reply) {
    return reply.data().valueStream().map(it -> it.path("id").asString()).toList();
  }

  @Test
  void theRunsOfAnAccountAreListedNewestFirst() {
    ApiFixture.Reply reply = fixture.request("GET", "/history/conferences");

    assertThat(ids(reply)).containsExactly("run-3", "run-2", "run-1");
    assertThat(reply.data().path(0).path("conference_id").asString()).isEqualTo("gone");
    assertThat(reply.body().path("page_size").asInt()).isEqualTo(3);
    assertThat(reply.body().has("next_start_key")).isFalse();
  }

  @Test
  void aPageContinuesBehindThePageBefore() {
    ApiFixture.Reply first = fixture.request("GET", "/history/conferences?page_size=2");
    ApiFixture.Reply second =
        fixture.request(
            "GET",
            "/history/conferences?page_size=2&start_key="
                + first.body().path("next_start_key").asString());

    assertThat(ids(first)).containsExactly("run-3", "run-2");
    assertThat(ids(second)).containsExactly("run-1");
    assertThat(second.body().path("start_key")).isEqualTo(first.body().path("next_start_key"));
    assertThat(second.body().has("next_start_key")).isFalse();
  }

  @Test
  void theOldestComeFirstInAscendingOrder() {
    ApiFixture.Reply first =
        fixture.request("GET", "/history/conferences?ascending=true&page_size=1");
    ApiFixture.Reply second =
        fixture.request(
            "GET",
            "/history/conferences?ascending=true&page_size=1&start_key="
                + first.body().path("next_start_key").asString());

    assertThat(ids(first)).containsExactly("run-1");
    assertThat(ids(second)).containsExactly("run-2");
  }

  @Test
  void aSpanContainsItsFirstAndItsLastSecond() {
    assertThat(
            ids(
                fixture.request(
                    "GET",
                    "/history/conferences?created_from=%d&created_to=%d"
                        .formatted(NEW_YEAR, NEW_YEAR + 60))))
        .containsExactly("run-2", "run-1");
    assertThat(
            ids(
                fixture.request(
                    "GET", "/history/conferences?created_from=%d".formatted(NEW_YEAR + 61))))
        .containsExactly("run-3");
  }

  @Test
  void aRunHasItsParticipantsRecordingsAndRefusals() {
    JsonNode run = fixture.request("GET", "/history/conferences/run-1").data();

    assertThat(run.path("conference_id").asString()).isEqualTo("red");
    assertThat(run.path("participants").valueStream().map(it -> it.path("id").asString()))
        .containsExactly("run-1-8", "run-1-7");
    assertThat(run.path("recordings").valueStream().map(it -> it.path("id").asString()))
        .containsExactly("tape-1");
    assertThat(run.path("refusals").valueStream().map(it -> it.path("id").asString()))
        .containsExactly("no-1");
    assertThat(
            ids(
                fixture.request(
                    "GET", "/history/conferences/run-1/participants?ascending=true&page_size=1")))
        .containsExactly("run-1-7");
  }

  @Test
  void theHistoryOfAConferenceOutlivesItsDocument() {
    assertThat(ids(fixture.request("GET", "/conferences/red/history")))
        .containsExactly("run-2", "run-1");
    assertThat(ids(fixture.request("GET", "/conferences/gone/history"))).containsExactly("run-3");
    assertThat(fixture.request("GET", "/conferences/never/history").status()).isEqualTo(404);
  }

  @Test
  void aStoredConferenceThatHasNeverRunHasAnEmptyHistory() {
    ApiFixture.Reply reply =
        fixture.send(
            "/v2/accounts/other/conferences/blue/history?created_to=1",
            "GET",
            "",
            Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().isEmpty()).isTrue();
  }

  @Test
  void refusalsAndRecordingsAreListedForAllConferencesOrOne() {
    assertThat(ids(fixture.request("GET", "/history/refusals")))
        .containsExactly("no-3", "no-2", "no-1");
    assertThat(ids(fixture.request("GET", "/history/refusals?filter_conference_id=red")))
        .containsExactly("no-3", "no-1");
    assertThat(ids(fixture.request("GET", "/history/recordings")))
        .containsExactly("tape-2", "tape-1");
    assertThat(ids(fixture.request("GET", "/history/recordings?filter_conference_id=blue")))
        .isEmpty();
  }

  @Test
  void callsAreListed() {
    JsonNode calls = fixture.request("GET", "/history/calls").data();

    assertThat(calls.path(0).path("dialed_number").asString()).isEqualTo("5000");
  }

  @Test
  void theHistoryOfAnotherAccountCannotBeRead() {
    assertThat(fixture.request("GET", "/history/conferences/run-4").status()).isEqualTo(404);
    assertThat(fixture.request("GET", "/history/conferences/run-4/participants").status())
        .isEqualTo(404);
    assertThat(
            fixture
                .send(
                    "/v2/accounts/other/history/calls",
                    "GET",
                    "",
                    Map.of("X-Auth-Token", ApiFixture.TOKEN))
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          page_size | 0 | must be a number from 1 to 1000
          page_size | 1001 | must be a number from 1 to 1000
          page_size | ten | must be a number from 1 to 1000
          ascending | yes | must be true or false
          created_from | yesterday | must be a time in seconds since the year 0
          created_to | -1 | must be a time in seconds since the year 0
          start_key | %%% | must be the next_start_key of an earlier answer
          start_key | cmVk | must be the next_start_key of an earlier answer
          paginate | false | is not a parameter of this list
          """)
  void badValuesAndUnknownParametersAreRefused(String name, String value, String message) {
    ApiFixture.Reply reply = fixture.request("GET", "/history/calls?" + name + "=" + value);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path(name).toString()).contains(message);
  }
}

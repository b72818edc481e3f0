package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.core.CallflowVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The envelopes of requests and replies (docs/spec/api.md). */
class EnvelopeTests {

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void repliesUseKazoosEnvelope() {
    JsonNode body =
        fixture.request("GET", "/conferences/red", "", Map.of("X-Request-ID", "req-1")).body();
    assertThat(body.propertyNames())
        .containsExactlyInAnyOrder(
            "data", "node", "request_id", "timestamp", "version", "tokens", "revision", "status");
    assertThat(body.path("request_id").asString()).isEqualTo("req-1");
    assertThat(body.path("version").asString()).isEqualTo(CallflowVersion.current());
    assertThat(body.path("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z");
    assertThat(body.at("/tokens/consumed").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{",
        "{'data':7}",
        "{'data':'x'}",
        "{'data':{}} x",
        "{'a':1,'a':2}",
        "\u0000",
        "{'data':{'name':'\\ud800'}}",
        "{'data':{'a':[{'\\udc00x':1}]}}",
        "{'data':{'max_participants':1e400}}",
        "{'data':{'max_participants':-1e400}}",
        "{'data':{'name':'x'}"
      })
  void aBodyThatIsNotAnEnvelopeIsRefused(String body) {
    Reply reply = fixture.request("PUT", "/conferences", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("invalid request envelope");
  }

  @Test
  void theErrorNamesTheValueThatCannotBeStored() {
    assertThat(
            fixture.request("PUT", "/conferences", "{'data':{'a':{'b':1e400}}}").body().toString())
        .contains("/data/a/b: must be a number between -1.8e308 and 1.8e308");
    assertThat(
            fixture.request("PUT", "/conferences", "{'data':{'name':'\\ud83d'}}").body().toString())
        .contains("/data/name: must not contain an unpaired surrogate");
    assertThat(
            fixture.request("PUT", "/conferences", "{'data':{'name':'\\ud83d\\ude00'}}").status())
        .isEqualTo(201);
  }

  @Test
  void onlyAPostRequestMayNameAnotherMethod() {
    assertThat(fixture.request("GET", "/conferences/red?verb=DELETE", "").status()).isEqualTo(200);
    assertThat(fixture.request("GET", "/conferences/red", "{'verb':'DELETE'}").status())
        .isEqualTo(200);
    assertThat(fixture.request("POST", "/conferences/red?verb=DELETE", "").status()).isEqualTo(200);
    assertThat(fixture.request("GET", "/conferences/red", "").status()).isEqualTo(404);
  }

  @Test
  void aPinWithALineFeedIsRefused() {
    assertThat(
            fixture
                .request(
                    "PUT", "/conferences", "{'data':{'name':'x','member':{'pins':['1234\\n']}}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void writingADocumentWithoutDataIsRefused() {
    assertThat(fixture.request("PUT", "/conferences", "{}").status()).isEqualTo(400);
    assertThat(fixture.request("POST", "/conferences/red", "").status()).isEqualTo(400);
    assertThat(fixture.request("PATCH", "/conferences/red", "{'name':'x'}").status())
        .isEqualTo(400);
  }

  @Test
  void theErrorForAnInvalidBodyDoesNotQuoteIt() {
    assertThat(
            fixture
                .request("PUT", "/conferences", "{'data':{'pins':['47110815'],}}")
                .body()
                .toString())
        .contains("line 1, column")
        .doesNotContain("47110815");
  }

  @Test
  void aDeeplyNestedBodyIsRefused() {
    String deep = "{'data':" + "{'a':".repeat(5_000) + "1" + "}".repeat(5_001);
    assertThat(fixture.request("PUT", "/conferences", deep).status()).isEqualTo(400);
  }

  @Test
  void anInvalidRequestIdIsReplaced() {
    assertThat(
            fixture
                .request("GET", "/users", "", Map.of("X-Request-ID", "a\"b\n"))
                .body()
                .path("request_id")
                .asString())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void theTextOfARequestContainsNoToken() {
    assertThat(
            new ApiRequest("GET", "/v2/x", Map.of("q", "1"), Map.of("X-Auth-Token", "secret"), "b"))
        .hasToString("GET /v2/x");
  }
}

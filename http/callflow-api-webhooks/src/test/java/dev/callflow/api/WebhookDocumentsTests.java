package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.core.document.DocumentType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The documents of webhooks. */
class WebhookDocumentsTests {

  private final WebhookBed bed = new WebhookBed();
  private final ApiFixture fixture = bed.fixture;

  @AfterEach
  void close() throws InterruptedException {
    fixture.run(bed::close);
  }

  @Test
  void noReplyContainsTheSecretAndAReplacementKeepsIt() {
    String secret = "'secret':'" + WebhookBed.SECRET + "'";
    ApiFixture.Reply created =
        fixture.request(
            "PUT",
            "/webhooks",
            "{'data':{'name':'W','uri':'https://example.com/e'," + secret + "}}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.data().path("hook").asString()).isEqualTo("conference");
    assertThat(created.data().path("enabled").asBoolean()).isTrue();
    String path = "/webhooks/" + created.data().path("id").asString();
    ApiFixture.Reply replaced =
        fixture.request("POST", path, "{'data':{'name':'X','uri':'https://example.com/f'}}");
    ApiFixture.Reply patched = fixture.request("PATCH", path, "{'data':{'name':'Y'}}");
    for (ApiFixture.Reply reply :
        List.of(
            created,
            replaced,
            patched,
            fixture.request("GET", path),
            fixture.request("GET", "/webhooks"),
            fixture.request("PATCH", path, "{'data':{'secret':'too short'}}"))) {
      assertThat(reply.body().toString())
          .doesNotContain(WebhookBed.SECRET)
          .doesNotContain("too short")
          .doesNotContain("\"secret\":\"");
    }
    assertThat(stored(path).path("secret").asString()).isEqualTo(WebhookBed.SECRET);
    fixture.request("PATCH", path, "{'data':{'secret':null}}");
    assertThat(stored(path).has("secret")).isFalse();
  }

  private ObjectNode stored(String path) {
    return fixture
        .store
        .find(ApiFixture.ACME, DocumentType.WEBHOOK, path.substring("/webhooks/".length()))
        .orElseThrow()
        .body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/events",
        "https://localhost/events",
        "https://127.0.0.1/events",
        "https://[::1]/events",
        "https://10.1.2.3/events",
        "https://169.254.169.254/latest",
        "https://internal/events",
        "ftp://example.com/events",
        "https://user:password@example.com/events",
        "https://example.com/events#part",
        "/events",
        "not a URL",
        "https://2130706433/events"
      })
  void aTargetThatIsNotAllowedIsRefused(String uri) {
    ApiFixture.Reply reply =
        fixture.request("PUT", "/webhooks", "{'data':{'name':'W','uri':'" + uri + "'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().has("uri")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'hook':'channel_create'                      | hook",
        "'events':['hiccup']                          | events.0",
        "'events':[]                                  | events",
        "'hook':'lock','events':['unlock']            | events",
        "'secret':'short'                             | secret",
        "'http_verb':'get'                            | http_verb",
        "'format':'form-data'                         | format",
        "'custom_data':'text'                         | custom_data"
      })
  void aWrongValueIsNamed(String wrong, String path) {
    ApiFixture.Reply reply =
        fixture.request(
            "PUT",
            "/webhooks",
            "{'data':{'name':'W','uri':'https://example.com/e'," + wrong + "}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().propertyNames()).containsExactly(path);
  }

  @Test
  void onlyAdministratorsOfTheAccountReadAndChangeWebhooks() {
    String path = "/webhooks/" + bed.create("");
    assertThat(statuses(path, Map.of("X-Auth-Token", ApiFixture.OTHER_TOKEN)))
        .isEqualTo("403 403 403 403 403 403 403 403");
    fixture.tokens =
        token ->
            Optional.of(
                new Access.OfAccount(
                    ApiFixture.ACME, EnumSet.of(Scope.READ, Scope.CONTROL, Scope.DOCUMENTS)));
    assertThat(statuses(path, Map.of())).isEqualTo("403 403 403 403 403 403 403 403");
  }

  private String statuses(String path, Map<String, String> headers) {
    String data = "{'data':{'name':'X','uri':'https://example.com/e'}}";
    return String.join(
        " ",
        Stream.of(
                fixture.request("GET", "/webhooks", "", headers),
                fixture.request("PUT", "/webhooks", data, headers),
                fixture.request("PATCH", "/webhooks", "{'data':{'re-enable':true}}", headers),
                fixture.request("GET", path, "", headers),
                fixture.request("PATCH", path, data, headers),
                fixture.request("GET", path + "/attempts", "", headers),
                fixture.request("PUT", path + "/test", "", headers),
                fixture.request("DELETE", path, "", headers))
            .map(reply -> String.valueOf(reply.status()))
            .toList());
  }

  @Test
  void anAccountMayHaveFiftyWebhooks() {
    for (int i = 0; i < 50; i++) {
      bed.create("");
    }
    ApiFixture.Reply reply =
        fixture.request("PUT", "/webhooks", "{'data':{'name':'W','uri':'https://example.com/e'}}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isEqualTo("quota_exceeded");
    assertThat(reply.data().path("maximum").asInt()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                     | required",
        "{'enabled':true}       | required",
        "{'re-enable':false}    | enum",
        "{'re-enable':'true'}   | enum"
      })
  void allWebhooksCanOnlyBeSwitchedOn(String data, String rule) {
    ApiFixture.Reply reply = fixture.request("PATCH", "/webhooks", "{'data':" + data + "}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.data().path("re-enable").propertyNames()).containsExactly(rule);
  }

  @Test
  void withoutDeliveriesATestIsNotImplemented() {
    ApiFixture without = new ApiFixture();
    String id =
        without
            .request("PUT", "/webhooks", "{'data':{'name':'W','uri':'https://example.com/e'}}")
            .data()
            .path("id")
            .asString();
    assertThat(without.request("PUT", "/webhooks/" + id + "/test").status()).isEqualTo(501);
    assertThat(without.request("PUT", "/webhooks/unknown/test").status()).isEqualTo(404);
  }
}

package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of pages from other origins, as browsers send them. */
class CrossOriginIT {

  private static final String ALLOWED = "https://console.example.com";
  private static final String PATH = "/v2/accounts/acme/conferences";

  private final ApiFixture fixture = new ApiFixture();
  private final HttpServer server =
      PatientServer.start(
          fixture.api, PatientServer.HTTP.origins(List.of(ALLOWED, "http://localhost:5173")));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpResponse<String> send(String verb, String... headers)
      throws IOException, InterruptedException {
    URI target = URI.create("http://127.0.0.1:" + server.address().getPort() + PATH);
    return client.send(
        HttpRequest.newBuilder(target)
            .method(verb, BodyPublishers.noBody())
            .headers(headers)
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aPreflightOfAnAllowedOriginNeedsNoToken() throws Exception {
    HttpResponse<String> reply =
        send(
            "OPTIONS",
            "Origin",
            ALLOWED,
            "Access-Control-Request-Method",
            "PATCH",
            "Access-Control-Request-Headers",
            "authorization,content-type");
    assertThat(reply.statusCode()).isEqualTo(204);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).contains(ALLOWED);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PATCH");
    assertThat(reply.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "X-Auth-Token", "If-Match", "Idempotency-Key");
    assertThat(reply.headers().firstValue("Access-Control-Max-Age")).contains("600");
    assertThat(reply.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(reply.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void aPageOfAnAllowedOriginMayReadRepliesAndRefusals() throws Exception {
    HttpResponse<String> reply =
        send("GET", "Origin", ALLOWED, "Authorization", "Bearer " + ApiFixture.TOKEN);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).contains(ALLOWED);
    assertThat(reply.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("ETag", "Retry-After");
    HttpResponse<String> refused = send("GET", "Origin", ALLOWED);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "null",
        "https://console.example.com.evil.com",
        "http://console.example.com",
        "https://console.example.com:8443",
        "https://CONSOLE.example.com"
      })
  void otherOriginsAreNotAllowed(String origin) throws Exception {
    HttpResponse<String> preflight =
        send("OPTIONS", "Origin", origin, "Access-Control-Request-Method", "GET");
    assertThat(preflight.statusCode()).isEqualTo(403);
    assertThat(preflight.body()).contains("--allow-origin").doesNotContain(origin);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpResponse<String> reply = send("GET", "Origin", origin, "X-Auth-Token", ApiFixture.TOKEN);
    assertThat(reply.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(reply.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void optionsWithoutAPreflightIsRefused() throws Exception {
    HttpResponse<String> reply = send("OPTIONS", "Accept", "*/*");
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.body()).contains("OPTIONS is only for the preflights of browsers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "console.example.com",
        "https://x.example.com/",
        "HTTPS://x",
        "ftp://x"
      })
  void anOriginThatNoBrowserSendsIsRefused(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpOptions.STANDARD.origins(List.of(origin)))
        .withMessageContaining("such as https://console.example.com, but is " + origin);
  }
}

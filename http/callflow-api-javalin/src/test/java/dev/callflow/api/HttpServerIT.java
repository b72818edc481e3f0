package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, with valid and invalid input. */
class HttpServerIT {

  private final ApiFixture fixture = new ApiFixture();
  private final HttpServer server = PatientServer.start(fixture.api);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpResponse<String> send(String verb, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    URI target = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(target)
            .method(verb, body)
            .header("X-Auth-Token", ApiFixture.TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String verb, String path, String body)
      throws IOException, InterruptedException {
    return send(verb, path, BodyPublishers.ofString(body));
  }

  @Test
  void aDocumentIsFetchedAndChanged() throws Exception {
    HttpResponse<String> fetched = send("GET", "/v2/accounts/acme/conferences/red", "");
    assertThat(fetched.statusCode()).isEqualTo(200);
    assertThat(fetched.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(fetched.headers().firstValue("ETag")).isPresent();
    assertThat(Json.read(fetched.body()).at("/data/name").asString()).isEqualTo("Red");
    HttpResponse<String> changed =
        send("PATCH", "/v2/accounts/acme/conferences/red", "{\"data\":{\"name\":\"Größe 😀\"}}");
    assertThat(Json.read(changed.body()).at("/data/name").asString()).isEqualTo("Größe 😀");
  }

  @Test
  void queryParametersAreDecoded() throws Exception {
    assertThat(
            Json.read(send("GET", "/v2/accounts/acme/conferences?filter_name=Re%64", "").body())
                .path("data")
                .size())
        .isOne();
  }

  @Test
  void theOpenApiPagesNeedNoToken() throws Exception {
    HttpResponse<String> document = open("/openapi");
    assertThat(document.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(Json.read(document.body()).path("openapi").asString()).isEqualTo("3.1.0");
    HttpResponse<String> page = open("/openapi/");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'");
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
    List<String> loaded = links.results().map(link -> link.group(1)).toList();
    assertThat(loaded).hasSize(4).noneMatch(link -> link.contains("/"));
    for (String link : loaded) {
      assertThat(open("/openapi/" + link).statusCode()).as(link).isEqualTo(200);
    }
    assertThat(open("/openapi/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
  }

  @Test
  void theConsoleNeedsNoTokenAndItsLinksAreRelativeToItsFolder() throws Exception {
    HttpResponse<String> folder = open("/console");
    assertThat(folder.statusCode()).isEqualTo(302);
    assertThat(folder.headers().firstValue("Location").orElse("")).endsWith("/console/");
    HttpResponse<String> page = open("/console/");
    assertThat(page.body()).contains("<script type=\"module\" src=\"main.js\">");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(open("/console/main.js").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/javascript");
    for (String path : new String[] {"/console/files", "/console/..%2fopenapi", "/console/x"}) {
      assertThat(open(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void nothingElseIsReadFromTheClassPath() throws Exception {
    for (String path :
        new String[] {
          "/openapi/openapi.json",
          "/openapi/..%2f..%2fopenapi.json",
          "/openapi/%2e%2e/%2e%2e/module-info.class",
          "/openapi/swagger-ui.css%00",
          "/openapi//META-INF/MANIFEST.MF",
          "/openapi/../../../etc/passwd"
        }) {
      assertThat(open(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  private HttpResponse<String> open(String path) throws IOException, InterruptedException {
    URI target = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return client.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofString());
  }

  @Test
  void anUnknownPathIsRefusedInTheEnvelope() throws Exception {
    for (String path : new String[] {"/v3/accounts", "/v2", "/v2/x/%2e%2e/etc/passwd"}) {
      HttpResponse<String> reply = send("DELETE", path, "");
      assertThat(reply.statusCode()).as(path).isIn(400, 404);
      assertThat(Json.read(reply.body()).path("status").asString()).as(path).isEqualTo("error");
    }
  }

  @Test
  void anOversizedBodyIsRefusedInTheEnvelope() throws Exception {
    HttpResponse<String> reply =
        send("PUT", "/v2/accounts/acme/conferences", BodyPublishers.ofByteArray(new byte[5 << 20]));
    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(Json.read(reply.body()).path("message").asString()).isEqualTo("request_too_large");
  }

  @Test
  void anOversizedChunkedBodyIsRefusedInTheEnvelope() throws Exception {
    HttpResponse<String> reply =
        send(
            "PUT",
            "/v2/accounts/acme/conferences",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[5 << 20])));
    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(Json.read(reply.body()).path("message").asString()).isEqualTo("request_too_large");
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() throws Exception {
    HttpResponse<String> reply =
        send(
            "PUT",
            "/v2/accounts/acme/conferences",
            BodyPublishers.ofByteArray(new byte[] {(byte) 0xc3, (byte) 0x28, 0, (byte) 0xff}));
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void aPathCannotInjectAResponseHeader() throws Exception {
    HttpResponse<String> reply =
        send("GET", "/v2/accounts/acme/conferences/red%0d%0aX-Evil:%201", "");
    assertThat(reply.statusCode()).isIn(400, 404);
    assertThat(reply.headers().map()).doesNotContainKey("X-Evil");
  }

  @Test
  void aConnectionThatDoesNotSpeakHttpAffectsNoOther() throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      assertThat(client.send("\0\1\2 nonsense\r\n\r\n").readTextToEnd()).startsWith("HTTP/1.1 400");
    }
    assertThat(send("GET", "/v2/accounts/acme/users", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-1\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"
      })
  void aBodyWithInvalidChunksIsRefusedInTheEnvelope(String chunks) throws Exception {
    String request =
        "PUT /v2/accounts/acme/conferences HTTP/1.1\r\nHost: localhost\r\n"
            + "X-Auth-Token: acme-token\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n";
    try (RawClient client = new RawClient(server.address())) {
      assertThat(client.send(request + chunks).readTextToEnd())
          .startsWith("HTTP/1.1 400")
          .contains("\"status\":\"error\"");
    }
    assertThat(send("GET", "/v2/accounts/acme/users", "").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnavailableStoreIsReportedWithoutDetails() throws Exception {
    fixture.failWith(new StoreUnavailableException("the database at db.example.com is down"));
    HttpResponse<String> reply = send("GET", "/v2/accounts/acme/conferences/red", "");
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.body()).contains("datastore_unreachable").doesNotContain("example");
  }

  @Test
  void aFullDiskIsReportedWithoutDetails() throws Exception {
    fixture.failWith(
        StoreUnavailableException.full(
            "/srv/calls cannot be written", new IOException("No space left on device")));
    HttpResponse<String> reply = send("GET", "/v2/accounts/acme/conferences/red", "");
    assertThat(reply.statusCode()).isEqualTo(507);
    assertThat(reply.body()).contains("datastore_full", "disk").doesNotContain("/srv");
  }

  @Test
  void anInternalErrorRevealsNoStackTrace() throws Exception {
    fixture.failWith(new IllegalStateException("internal details"));
    HttpResponse<String> reply = send("GET", "/v2/accounts/acme/conferences/red", "");
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(reply.body()).contains("internal_error").doesNotContain("details", "Exception");
  }
}

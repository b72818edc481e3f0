package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callflow.api.access.Scope;
import dev.callflow.api.http.HttpPage;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests the pages outside of the API, and the access log. */
@Isolated("It reads the log")
class PagesIT {

  private static final List<HttpPage> PAGES =
      List.of(
          new HttpPage(
              "/open", Optional.empty(), () -> new HttpPage.Content(503, "text/plain", "busy")),
          new HttpPage(
              "/numbers",
              Optional.of(Scope.READ),
              () -> new HttpPage.Content(200, "text/plain", "numbers 1")));

  private final ApiFixture fixture = new ApiFixture();
  private final HttpServer server =
      HttpServer.start(local(), fixture.api, PatientServer.HTTP, PAGES);
  private final HttpServer management =
      HttpServer.startPages(local(), PAGES, PatientServer.HTTP, TimeSource.system());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
    management.close();
  }

  private static InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private HttpResponse<String> get(HttpServer from, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from.address().getPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void aPageWithoutScopeNeedsNoToken() throws Exception {
    HttpResponse<String> reply = get(server, "/open");
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo("busy");
    assertThat(reply.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aPageWithAScopeNeedsTheTokenOfASuperAdmin() throws Exception {
    assertThat(get(server, "/numbers").statusCode()).isEqualTo(401);
    assertThat(get(server, "/numbers", "X-Auth-Token", "guess").statusCode()).isEqualTo(401);
    HttpResponse<String> refused = get(server, "/numbers", "X-Auth-Token", ApiFixture.TOKEN);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Json.read(refused.body()).at("/data/message").asString())
        .isEqualTo("needs the token of a super admin with the scope \"read\"");
    assertThat(get(server, "/numbers", "X-Auth-Token", ApiFixture.ADMIN_TOKEN).body())
        .isEqualTo("numbers 1");
  }

  @Test
  void aServerWithoutApiShowsAllPagesToEveryone() throws Exception {
    assertThat(get(management, "/numbers").body()).isEqualTo("numbers 1");
    assertThat(get(management, "/open").statusCode()).isEqualTo(503);
    assertThat(get(management, "/v2/accounts/acme/conferences").statusCode()).isEqualTo(404);
    assertThat(get(management, "/openapi").statusCode()).isEqualTo(404);
  }

  @Test
  void aPageCannotHideTheApi() {
    assertThatThrownBy(() ->
            new HttpPage(
                "/v2/a", Optional.empty(), () -> new HttpPage.Content(200, "text/plain", "")))
        .hasMessageContaining("but is '/v2/a'");
  }

  @Test
  void eachRequestIsLoggedWithoutQueryAndToken() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("callflow.access");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      get(
          server,
          "/v2/accounts/acme/conferences?filter_name=s3cret",
          "X-Auth-Token",
          ApiFixture.TOKEN);
      get(server, "/v2/accounts/acme/conferences?auth_token=guess", "X-Auth-Token", "guess");
      Eventually.holds("two lines", () -> lines.list.size() == 2);
    } finally {
      logger.detachAppender(lines);
    }
    List<String> texts = lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(texts.get(0))
        .matches(
            "GET /v2/accounts/acme/conferences 200 [1-9]\\d* bytes \\d+ ms client=127\\.0\\.0\\.1"
                + " token=[0-9a-f]{12}");
    assertThat(texts.get(1))
        .matches(
            "GET /v2/accounts/acme/conferences 401 \\d+ bytes \\d+ ms client=127\\.0\\.0\\.1"
                + " token=-");
    assertThat(texts.toString()).doesNotContain("s3cret", "guess", ApiFixture.TOKEN);
  }
}

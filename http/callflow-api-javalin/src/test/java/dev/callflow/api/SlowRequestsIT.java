package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that arrive slowly, and many large ones of one account. */
@Execution(ExecutionMode.CONCURRENT)
class SlowRequestsIT {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final String PUT =
      "PUT /v2/accounts/acme/conferences HTTP/1.1\r\nHost: localhost\r\n"
          + "X-Auth-Token: acme-token\r\n";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ShiftedTime time = new ShiftedTime();

  private HttpServer serve(HttpOptions options) {
    ApiFixture fixture =
        new ApiFixture(time, PatientServer.SOCKETS.authenticating(10, CENTURY, HOUR));
    HttpServer server = PatientServer.start(fixture.api, options);
    opened.add(server);
    return server;
  }

  private static HttpOptions timing(
      Duration headers, Duration body, int minBytesPerSecond, Duration grace) {
    return PatientServer.HTTP.timing(
        new HttpOptions.Timing(headers, body, minBytesPerSecond, grace, HOUR));
  }

  private RawClient client(HttpServer server) {
    RawClient client = new RawClient(server.address());
    opened.add(client);
    return client;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  /** Lets an hour pass again and again while a text arrives, until the connection is closed. */
  private void dripForHours(RawClient client, String text) {
    Eventually.holds(
        "the server closes the connection",
        () -> {
          time.forward(HOUR);
          return !client.trySend(text);
        });
  }

  /** Sends a text again and again until the server has closed the connection. */
  private static void drip(RawClient client, String text) {
    Eventually.holds("the server closes the connection", () -> !client.trySend(text));
  }

  @Test
  void aConnectionThatSendsNoRequestIsClosed() {
    HttpServer server = serve(timing(SHORT, HOUR, 1, HOUR));
    assertThat(client(server).readToEnd()).isEmpty();
  }

  @Test
  void headersThatArriveByteByByteEndTheConnection() {
    HttpServer server = serve(timing(SHORT, HOUR, 1, HOUR));
    drip(client(server).send(PUT + "X-Slow: "), "a");
  }

  @Test
  void theHeadersOfALaterRequestMustArriveInTimeToo() {
    HttpServer server = serve(timing(HOUR, HOUR, 1, HOUR));
    RawClient client = client(server).send(PUT + "Content-Length: 0\r\n\r\n");
    assertThat(client.readHeaders()).startsWith("HTTP/1.1 400 ");
    dripForHours(client.send(PUT + "X-Slow: "), "a");
  }

  @Test
  void aWebSocketIsNotHeldToTheTimesOfARequest() {
    HttpServer server = serve(timing(HOUR, HOUR, 1, HOUR));
    RawClient socket = client(server);
    socket.upgrade();
    String frame = "{\"auth_token\":\"acme-token\"}";
    socket.send("\u0081" + (char) (0x80 | frame.length()) + "\0\0\0\0" + frame);
    dripForHours(client(server).send(PUT + "X-Slow: "), "a");
    assertThat(socket.trySend("\u0081\u0080\0\0\0\0")).isTrue();
  }

  @Test
  void aBodyThatDoesNotArriveInTimeIsRefused() {
    HttpServer server = serve(timing(HOUR, SHORT, 1, HOUR));
    RawClient client =
        client(server).send(PUT + "Content-Length: 1000\r\nConnection: close\r\n\r\n{");
    assertThat(client.readTextToEnd())
        .startsWith("HTTP/1.1 408 ")
        .contains("request_timeout")
        .contains("the body must arrive within 300 ms");
  }

  @Test
  void aBodyThatArrivesByteByByteIsRefusedWhenItsTimeIsOver() {
    HttpServer server = serve(timing(HOUR, SHORT, 1, HOUR));
    RawClient client =
        client(server).send(PUT + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    drip(client, "1\r\n \r\n");
  }

  @Test
  void aBodyBelowTheMinimumRateIsRefused() {
    HttpServer server = serve(timing(HOUR, HOUR, 1_000_000_000, SHORT));
    RawClient client =
        client(server).send(PUT + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    drip(client, "1\r\n \r\n");
  }

  @Test
  void slowBodiesOfOneAccountDoNotDelayAnother() {
    HttpServer server = serve(PatientServer.HTTP);
    for (int i = 0; i < 50; i++) {
      client(server).send(PUT + "Content-Length: 1000\r\n\r\n{");
    }
    assertThat(
            client(server)
                .send(
                    "GET /v2/accounts/other/conferences HTTP/1.1\r\nHost: localhost\r\n"
                        + "X-Auth-Token: other-token\r\nConnection: close\r\n\r\n")
                .readTextToEnd())
        .startsWith("HTTP/1.1 200 ");
  }

  private static HttpOptions requests(int max, int ofAccount, int bytesOfAccount, int total) {
    return PatientServer.HTTP.requests(
        new HttpOptions.Requests(max, ofAccount, bytesOfAccount, total));
  }

  private RawClient begin(HttpServer server, String token, int length, String... headers) {
    return client(server)
        .send(
            "PUT /v2/accounts/acme/conferences HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: "
                + token
                + "\r\nContent-Length: "
                + length
                + "\r\n"
                + String.join("", headers)
                + "Connection: close\r\n\r\n");
  }

  /** Begins a request and waits until the server has counted it and asks for its body. */
  private RawClient hold(HttpServer server, String token, int length) {
    RawClient client = begin(server, token, length, "Expect: 100-continue\r\n");
    assertThat(client.readHeaders()).startsWith("HTTP/1.1 100 ");
    return client;
  }

  @Test
  void theBodiesThatAnAccountSendsAtOnceAreLimited() {
    HttpServer server = serve(requests(1_000, 10, 1_500, 10_000));
    RawClient first = hold(server, "acme-token", 1_000);
    assertThat(begin(server, "acme-token", 600).send(" ".repeat(600)).readTextToEnd())
        .startsWith("HTTP/1.1 429 ")
        .contains("the limit is 1500 bytes");
    assertThat(begin(server, "other-token", 600).send(" ".repeat(600)).readTextToEnd())
        .startsWith("HTTP/1.1 403 ");
    first.send(" ".repeat(1_000)).readToEnd();
    assertThat(begin(server, "acme-token", 600).send(" ".repeat(600)).readTextToEnd())
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void theBodiesThatAllAccountsSendAtOnceAreLimited() {
    HttpServer server = serve(requests(1_000, 10, 1_000, 1_500));
    hold(server, "acme-token", 1_000);
    assertThat(begin(server, "other-token", 600).send(" ".repeat(600)).readTextToEnd())
        .startsWith("HTTP/1.1 503 ")
        .contains("too many large requests at once: the limit is 1500 bytes");
  }

  @Test
  void theRequestsThatAnAccountSendsAtOnceAreLimited() {
    HttpServer server = serve(requests(1_000, 1, 1_000, 1_000));
    hold(server, "acme-token", 10);
    assertThat(begin(server, "acme-token", 0).readTextToEnd())
        .startsWith("HTTP/1.1 429 ")
        .contains("too many requests of this account at once: the limit is 1");
    assertThat(begin(server, "other-token", 0).readTextToEnd()).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void theBodyOfAClientWithoutAValidTokenIsNotRead() {
    HttpServer server = serve(requests(1_000, 1, 1_000, 1_000));
    begin(server, "wrong", 1_000);
    begin(server, "wrong", 1_000);
    assertThat(begin(server, "acme-token", 1_000).send(" ".repeat(1_000)).readTextToEnd())
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void anOversizedBodyIsRefusedByItsDeclaredLength() {
    HttpServer server = serve(requests(1_000, 1, 1_000, 1_000));
    assertThat(begin(server, "acme-token", 1_001).send(" ".repeat(1_001)).readTextToEnd())
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void aResponseThatIsNotReadEndsTheConnection() {
    HttpServer server =
        serve(PatientServer.HTTP.timing(new HttpOptions.Timing(HOUR, HOUR, 1, HOUR, SHORT)));
    String get = "GET /openapi/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    drip(client(server), get);
  }
}

package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.HashedTokens;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import dev.callflow.api.http.TrustedProxies;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import dev.callflow.waiting.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The limits for connections, on real ones. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionLimitsIT {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String GET = "GET /v2/accounts/acme/users HTTP/1.1\r\nHost: localhost\r\n";

  private final List<AutoCloseable> opened = new ArrayList<>();

  private HttpServer serve(ApiFixture fixture, HttpOptions options) {
    HttpServer server = PatientServer.start(fixture.api, options);
    opened.add(server);
    return server;
  }

  private static ApiFixture with(SocketLimits limits) {
    return new ApiFixture(TimeSource.system(), limits);
  }

  private RawClient client(String from, HttpServer server) {
    RawClient client = new RawClient(from, server.address());
    opened.add(client);
    return client;
  }

  private RawClient client(HttpServer server) {
    return client("127.0.0.1", server);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : opened.reversed()) {
      resource.close();
    }
  }

  /** Returns the status code and the reason of the only frame, which must be a close frame. */
  private static String closeFrame(byte[] frame) {
    assertThat(frame[0] & 0xff).as("close frame").isEqualTo(0x88);
    int code = (frame[2] & 0xff) << Byte.SIZE | frame[3] & 0xff;
    return code + " " + new String(frame, 4, frame.length - 4, StandardCharsets.UTF_8);
  }

  @Test
  void aWebSocketThatSendsNoTokenIsClosedEvenIfItNeverAnswers() {
    HttpServer server =
        serve(
            with(PatientServer.SOCKETS.authenticating(10, Duration.ofMillis(50), HOUR)),
            PatientServer.HTTP);
    RawClient silent = client(server);
    assertThat(silent.upgrade()).startsWith("HTTP/1.1 101 ");
    assertThat(closeFrame(silent.readToEnd()))
        .isEqualTo("1008 no valid token was received in time: the limit is 50 ms");
  }

  /** The system's time, which notes the names of the threads that are started. */
  private record NotingTime(Queue<String> threads) implements TimeSource {

    @Override
    public Instant now() {
      return TimeSource.system().now();
    }

    @Override
    public Thread start(String name, Runnable task) {
      threads.add(name);
      return TimeSource.system().start(name, task);
    }

    @Override
    public <T> Inbox<T> inbox(int capacity) {
      return TimeSource.system().inbox(capacity);
    }

    @Override
    public Timer after(Duration delay, String name, Runnable task) {
      threads.add(name);
      return TimeSource.system().after(delay, name, task);
    }
  }

  @Test
  void socketsThatSendNothingNeedNoThreadsOfTheirOwn() {
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    ApiFixture fixture = new ApiFixture(new NotingTime(threads), PatientServer.SOCKETS);
    HttpServer server = serve(fixture, PatientServer.HTTP);
    threads.clear();
    for (int i = 0; i < 20; i++) {
      assertThat(client(server).upgrade()).startsWith("HTTP/1.1 101 ");
    }
    Eventually.holds(
        "20 sockets are counted", () -> sockets(fixture) == 20, () -> sockets(fixture));
    assertThat(threads).containsExactly("client-checks");
    RawClient speaking = client(server);
    speaking.upgrade();
    authenticate(speaking);
    Eventually.holds(
        "a socket that has sent a frame has a thread",
        () -> threads.stream().anyMatch(name -> name.startsWith("subscriber-")),
        () -> threads);
  }

  private static void authenticate(RawClient socket) {
    String frame = "{\"auth_token\":\"acme-token\"}";
    // A text frame that is masked with zeros, so that it stays readable.
    socket.send("\u0081" + (char) (0x80 | frame.length()) + "\0\0\0\0" + frame);
  }

  private static int sockets(ApiFixture fixture) {
    return fixture.api.sockets().list(new Access.SuperAdmin()).size();
  }

  /** Opens a WebSocket and waits until it is counted. */
  private RawClient open(String from, HttpServer server, ApiFixture fixture, String... headers) {
    int before = sockets(fixture);
    RawClient client = client(from, server);
    assertThat(client.upgrade(headers)).startsWith("HTTP/1.1 101 ").doesNotContain("Set-Cookie");
    Eventually.holds("the socket is counted", () -> sockets(fixture) > before);
    return client;
  }

  @Test
  void aWebSocketTooManyIsRefusedBeforeTheUpgradeWithTheLimit() {
    ApiFixture fixture = with(PatientServer.SOCKETS.clients(3, 2, 10));
    HttpServer server = serve(fixture, PatientServer.HTTP);
    open("127.0.0.1", server, fixture);
    open("127.0.0.1", server, fixture);
    RawClient third = client(server);
    assertThat(third.upgrade("Connection: close")).startsWith("HTTP/1.1 429 ");
    assertThat(third.readTextToEnd())
        .contains("too many connections: the limit for one address is 2");
    open("127.0.0.2", server, fixture);
    RawClient last = client("127.0.0.3", server);
    assertThat(last.upgrade("Connection: close")).startsWith("HTTP/1.1 503 ");
    assertThat(last.readTextToEnd()).contains("too many connections: the limit is 3");
  }

  @Test
  void aStreamTooManyIsRefusedWithTheLimit() {
    HttpServer server = serve(with(PatientServer.SOCKETS.clients(10, 10, 1)), PatientServer.HTTP);
    String follow =
        "GET /v2/accounts/acme/conferences/red/events HTTP/1.1\r\nHost: localhost\r\n"
            + "X-Auth-Token: acme-token\r\n";
    RawClient first = client(server).send(follow + "\r\n");
    assertThat(first.readHeaders()).startsWith("HTTP/1.1 200 ");
    assertThat(client(server).send(follow + "Connection: close\r\n\r\n").readTextToEnd())
        .startsWith("HTTP/1.1 429 ")
        .contains("too_many_requests")
        .contains("too many connections: the limit for one account is 1");
  }

  @Test
  void clientsBehindATrustedProxyAreCountedByTheirOwnAddresses() {
    ApiFixture fixture = with(PatientServer.SOCKETS.clients(10, 1, 10));
    HttpServer server =
        serve(fixture, PatientServer.HTTP.proxies(TrustedProxies.of(List.of("127.0.0.1"))));
    String header = "X-Forwarded-For: 203.0.113.9, 192.0.2.";
    open("127.0.0.1", server, fixture, header + "1");
    open("127.0.0.1", server, fixture, header + "2");
    assertThat(client(server).upgrade(header + "1")).startsWith("HTTP/1.1 429 ");
  }

  @Test
  void aForwardedAddressFromAnyoneElseIsIgnored() {
    ApiFixture fixture = with(PatientServer.SOCKETS.clients(10, 1, 10));
    HttpServer server =
        serve(fixture, PatientServer.HTTP.proxies(TrustedProxies.of(List.of("127.0.0.1"))));
    open("127.0.0.2", server, fixture, "X-Forwarded-For: 192.0.2.1");
    assertThat(client("127.0.0.2", server).upgrade("X-Forwarded-For: 192.0.2.2"))
        .startsWith("HTTP/1.1 429 ");
  }

  @Test
  void connectionsOfOneAddressThatSendNothingDoNotKeepOutAnother() {
    HttpServer server =
        serve(
            with(PatientServer.SOCKETS),
            PatientServer.HTTP.connections(new HttpOptions.Connections(100, 2)));
    RawClient first = client("127.0.0.2", server).send(GET + "\r\n");
    first.readHeaders();
    RawClient second = client("127.0.0.2", server).send(GET + "\r\n");
    second.readHeaders();
    RawClient third = client("127.0.0.2", server);
    assertThat(third.readToEnd()).isEmpty();
    assertThat(client("127.0.0.3", server).send(GET + "\r\n").readHeaders())
        .startsWith("HTTP/1.1 401 ");
    first.close();
    Eventually.passes(() -> {
      try (RawClient next = new RawClient("127.0.0.2", server.address())) {
        next.trySend(GET + "Connection: close\r\n\r\n");
        assertThat(next.readTextToEnd()).startsWith("HTTP/1.1 401 ");
      }
    });
  }

  @Test
  void connectionsThatOpenAtOnceDoNotExceedTheLimitOfTheirAddress() {
    HttpServer server =
        serve(
            with(PatientServer.SOCKETS),
            PatientServer.HTTP.connections(new HttpOptions.Connections(1_000, 5)));
    BlockingQueue<String> responses = new LinkedBlockingQueue<>();
    int connections = 60;
    for (int i = 0; i < connections; i++) {
      RawClient client = client("127.0.0.2", server);
      Thread.ofVirtual()
          .start(() -> {
            client.trySend(GET + "\r\n");
            responses.add(client.readHeadersIfAny());
          });
    }
    List<String> all =
        IntStream.range(0, connections)
            .mapToObj(i -> Eventually.next("a response or the end of a connection", responses))
            .toList();
    assertThat(all).filteredOn(it -> it.startsWith("HTTP/1.1 401 ")).hasSize(5);
    assertThat(all).filteredOn(String::isEmpty).hasSize(connections - 5);
  }

  @Test
  void aRevokedTokenEndsSocketsAndStreams() {
    ApiFixture fixture =
        with(PatientServer.SOCKETS.authenticating(10, HOUR, Duration.ofMillis(100)));
    HttpServer server = serve(fixture, PatientServer.HTTP);
    RawClient socket = client(server);
    socket.upgrade();
    authenticate(socket);
    RawClient stream =
        client(server)
            .send(
                "GET /v2/accounts/acme/conferences/red/events HTTP/1.1\r\nHost: localhost\r\n"
                    + "X-Auth-Token: acme-token\r\n\r\n");
    assertThat(stream.readHeaders()).startsWith("HTTP/1.1 200 ");
    Eventually.holds(
        "both clients are listed", () -> fixture.api.sockets().list(ApiFixture.ACME).size() == 2);
    fixture.tokens = HashedTokens.of(Json.read("[]"));
    assertThat(new String(socket.readToEnd(), StandardCharsets.UTF_8))
        .endsWith("the token is no longer valid");
    stream.readToEnd();
    assertThat(fixture.api.sockets().list(ApiFixture.ACME).isEmpty()).isTrue();
  }
}

package dev.callflow.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.webhook.Webhook;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests to receivers that do what they like. */
class HttpSenderIT {

  /** What a receiver does with a connection. */
  @FunctionalInterface
  private interface Behaviour {
    void serve(Socket connection) throws IOException;
  }

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;
  private volatile Behaviour behaviour = connection -> {};

  HttpSenderIT() throws IOException {
    server = new ServerSocket(0, 5, loopback);
    start(server);
  }

  private void start(ServerSocket accepting) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket connection = accepting.accept();
              connections.incrementAndGet();
              Thread.ofVirtual().start(() -> serve(connection));
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  private void serve(Socket connection) {
    try (connection) {
      behaviour.serve(connection);
    } catch (IOException e) {
      // The sender has closed the connection.
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private AttemptOutcome send(String uri, List<String> allowed, @Nullable SSLContext trust) {
    return send(uri, allowed, trust, Duration.ofSeconds(100));
  }

  private AttemptOutcome send(
      String uri, List<String> allowed, @Nullable SSLContext trust, Duration timeout) {
    try (HttpSender sender =
        new HttpSender(
            new AddressLookup(
                AllowedTargets.of(allowed),
                host -> new InetAddress[] {loopback},
                Duration.ofSeconds(20)),
            trust,
            4,
            TimeSource.system(),
            timeout)) {
      Webhook hook =
          new Webhook(
              new AccountId("acme"),
              "hook",
              URI.create(uri),
              Set.of(),
              true,
              Optional.empty(),
              Optional.empty());
      return sender.send(hook, new PendingDelivery("id", "test", Json.object(), 1));
    }
  }

  private String uri(String scheme, String host) {
    return scheme + "://" + host + ":" + server.getLocalPort() + "/events";
  }

  @Test
  void aNameThatLeadsToAPrivateAddressIsNotConnectedTo() {
    AttemptOutcome outcome = send(uri("https", "hooks.example.com"), List.of(), null);
    assertThat(outcome.error())
        .contains(
            "an address of hooks.example.com is not public, and this host does not allow webhooks"
                + " to it");
    assertThat(connections).hasValue(0);
  }

  @Test
  void aReceiverThatNeverAnswersIsGivenUp() {
    behaviour =
        connection -> connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    AttemptOutcome outcome =
        send(
            uri("http", "hooks.example.com"),
            List.of("hooks.example.com"),
            null,
            Duration.ofMillis(500));
    assertThat(outcome.error()).contains("there was no answer within 0 s");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    AtomicLong sent = new AtomicLong();
    behaviour =
        connection -> {
          OutputStream out = connection.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          byte[] part = new byte[8192];
          try {
            while (true) {
              out.write(part);
              sent.addAndGet(part.length);
            }
          } finally {
            connections.set(-1);
          }
        };
    AttemptOutcome outcome =
        send(uri("http", "hooks.example.com"), List.of("hooks.example.com"), null);
    assertThat(outcome.arrived()).isTrue();
    Eventually.holds("the connection is closed", () -> connections.get() == -1);
    assertThat(sent.get()).isLessThan(64 << 20);
  }

  @Test
  void headersWithoutEndAreCutOff() {
    behaviour =
        connection -> {
          OutputStream out = connection.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("X-More: of the same\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        };
    AttemptOutcome outcome =
        send(uri("http", "hooks.example.com"), List.of("hooks.example.com"), null);
    assertThat(outcome.error()).contains("the connection failed: MessageConstraintException");
  }

  @Test
  void aCertificateThatIsNotTrustedIsRefused() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=hooks.example.com")
            .addSanDnsName("hooks.example.com")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext receiver = SSLContext.getInstance("TLS");
    receiver.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, certificate.toTrustManagerFactory().getTrustManagers(), null);
    server.close();
    server = receiver.getServerSocketFactory().createServerSocket(0, 5, loopback);
    start(server);
    behaviour =
        connection -> {
          connection.getInputStream().read();
          connection
              .getOutputStream()
              .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    List<String> allowed = List.of("hooks.example.com", "other.example.com");
    assertThat(send(uri("https", "hooks.example.com"), allowed, null).error())
        .contains("the certificate of the receiver is not trusted");
    assertThat(send(uri("https", "other.example.com"), allowed, trust).arrived()).isFalse();
    assertThat(send(uri("https", "hooks.example.com"), allowed, trust).arrived()).isTrue();
  }
}

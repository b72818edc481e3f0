package com.example.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.api.access.Authenticator;
import dev.callflow.core.document.AccountId;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Clients that send slowly, and many requests of one address, in the application's server. */
class SlowClientsIT {

  private static final String HEADERS =
      " /callflow/v2/accounts/acme/conferences HTTP/1.1\r\nHost: localhost\r\n"
          + "X-Auth-Token: example-token\r\nConnection: close\r\n";

  @TempDir private Path folder;

  @Test
  void aSlowBodyIsRefusedAndCountsForItsAddressUntilThen() throws IOException {
    CountDownLatch counted = new CountDownLatch(1);
    Authenticator tokens =
        token -> {
          counted.countDown();
          return Optional.of(new Access.OfAccount(new AccountId("acme")));
        };
    SpringApplication calls = new SpringApplication(CallsApplication.class);
    calls.addInitializers(context ->
        ((GenericApplicationContext) context).registerBean(Authenticator.class, () -> tokens));
    try (SimulatedFreeSwitch freeSwitch = SimulatedFreeSwitch.builder().start();
        ConfigurableApplicationContext application =
            calls.run(
                "--server.port=0",
                "--server.tomcat.connection-timeout=10m",
                "--callflow.free-switch[0].address=127.0.0.1:" + freeSwitch.esl().getPort(),
                "--callflow.free-switch[0].password=ClueCon",
                "--callflow.listen=127.0.0.1:0",
                "--callflow.position-key-file=" + folder.resolve("key"),
                "--callflow.closing-timeout=0s",
                "--callflow.api.body-timeout=1s",
                "--callflow.api.max-requests-of-address=1")) {
      int port = Integer.parseInt(application.getEnvironment().getProperty("local.server.port"));
      try (Socket slow = new Socket("127.0.0.1", port)) {
        send(slow, "PUT" + HEADERS + "Content-Length: 100000\r\n\r\n");
        Eventually.reached("the slow request is counted", counted);
        assertThat(statusOfAnother(port)).contains(" 429 ");

        Eventually.holds("the slow body is refused", () -> hasAnswerTo(slow, " "), () -> "none");

        assertThat(statusLine(slow)).contains(" 408 ");
      }
      Eventually.passes(() -> assertThat(statusOfAnother(port)).contains(" 200 "));
    }
  }

  private static String statusOfAnother(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      send(socket, "GET" + HEADERS + "\r\n");
      return statusLine(socket);
    }
  }

  /** Sends one more byte of the body; returns whether the server has answered. */
  private static boolean hasAnswerTo(Socket socket, String more) {
    try {
      if (socket.getInputStream().available() == 0) {
        send(socket, more);
      }
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new AssertionError("the server has closed the connection without an answer", e);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String statusLine(Socket socket) throws IOException {
    socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}

package dev.callflow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.callflow.ports.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the client commands say about hosts that do not answer, or refuse, and missing options. */
@Execution(ExecutionMode.CONCURRENT)
class HostErrorsTests {

  @TempDir private Path folder;

  /** Returns what the command {@code rooms} prints if something answers with a status and body. */
  private static String answered(int exitCode, int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Retry-After", "6");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      ClientRun command = new ClientRun("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(command.run("rooms")).as(command.err.toString()).isEqualTo(exitCode);
      assertThat(command.err.toString().lines()).hasSize(1);
      return command.err.toString().strip();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aHostThatIsAwayIsAnErrorInOneLine() throws IOException {
    try (ReservedPort port = new ReservedPort()) {
      String url = "http://127.0.0.1:" + port.number();
      ClientRun command = new ClientRun(url);
      assertThat(command.run("rooms")).isEqualTo(2);
      assertThat(command.run("watch")).isEqualTo(2);
      assertThat(command.err.toString().lines())
          .hasSize(2)
          .containsOnly(
              "cannot reach the host at "
                  + url
                  + " (no connection); does it run with --http, and is --host right?");
    }
  }

  @Test
  void aHostThatIsBusyIsAnErrorThatSaysWhenToTryAgain() throws IOException {
    assertThat(
            answered(
                4,
                429,
                "{\"status\":\"error\",\"message\":\"too_many_requests\","
                    + "\"data\":{\"message\":\"too many requests with this token\"}}"))
        .isEqualTo(
            "the host takes no more requests for now (too many requests with this token); try"
                + " again in 6 seconds");
    assertThat(
            answered(
                4, 503, "{\"status\":\"error\",\"message\":\"datastore_unreachable\",\"data\":{}}"))
        .startsWith("the host cannot do this at the moment (datastore_unreachable), or has");
    assertThat(answered(4, 502, "<html>Bad Gateway</html>"))
        .startsWith("the host cannot do this at the moment (status 502), or has");
  }

  @Test
  void anErrorOfTheHostPointsToItsLog() throws IOException {
    assertThat(
            answered(
                1,
                500,
                "{\"status\":\"error\",\"message\":\"internal_error\",\"data\":\"\\u001b\"}"))
        .isEqualTo("the host failed (?); see its log");
  }

  @Test
  void anotherServerIsRecognised() throws IOException {
    assertThat(answered(2, 200, "<html>hello</html>")).contains("does not answer like a host");
    assertThat(answered(2, 404, "{}")).contains("(status 404); is --host the address of its");
  }

  @Test
  void missingAndWrongOptionsAreExplained() throws IOException {
    Path empty = Files.writeString(folder.resolve("token"), "\n");
    ClientRun command = new ClientRun(Map.of());
    String[] acme = {"rooms", "--account", "acme"};
    assertThat(command.run("rooms")).isEqualTo(2);
    assertThat(command.run(acme)).isEqualTo(2);
    assertThat(command.run("rooms", "--account=acme", "--token-file", empty.toString()))
        .isEqualTo(2);
    assertThat(command.run("rooms", "--account=acme", "--token=t", "--host=127.0.0.1:8000"))
        .isEqualTo(2);
    assertThat(command.run("dial", "board", "1001", "--account=a", "--token=t", "--timeout=0"))
        .isEqualTo(2);
    assertThat(command.err.toString().lines())
        .containsExactly(
            "no account: set --account or the environment variable CALLFLOW_ACCOUNT",
            "no token: set the environment variable CALLFLOW_TOKEN, or give --token-file;"
                + " ./callflow token creates one",
            "the token is empty or has characters that a token cannot have",
            "--host must be a URL such as http://127.0.0.1:8000, but is '127.0.0.1:8000'",
            "--timeout must be from 1 to 600, but is 0");
  }
}

package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.access.Access;
import dev.callflow.api.event.SocketLimits;
import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.time.TimeSource;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An attack by one client and one account while another account works. {@code
 * -Dcallflow.attack=10000,1000,28} attacks with that many WebSockets without a token, dripping
 * requests and documents of 4 MiB, from a process of its own; otherwise the numbers are small.
 * Prints how long the requests of the other account took, at full size also without the attack, but
 * requires only that they succeed.
 */
class NoisyNeighbourIT {

  private static final Optional<ApiAttack.Size> LARGE =
      Optional.ofNullable(System.getProperty("callflow.attack"))
          .map(numbers -> numbers.split(","))
          .map(it ->
              new ApiAttack.Size(
                  Integer.parseInt(it[0]),
                  Integer.parseInt(it[1]),
                  Integer.parseInt(it[2]),
                  4 << 20));

  private static final ApiAttack.Size SIZE = LARGE.orElse(new ApiAttack.Size(50, 20, 2, 512 << 10));

  /** How many requests the account that is not attacked sends while the attack is complete. */
  private static final int REQUESTS = LARGE.isPresent() ? 1_000 : 40;

  /** Between two requests. One token may send 200 requests a second; this account sends half. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final ApiFixture fixture =
      new ApiFixture(
          TimeSource.system(),
          SocketLimits.STANDARD
              .clients(20_000, ApiAttack.BY_ADDRESS, 1_000)
              // The sockets stay until the end, which makes the attack worse.
              .authenticating(20_000, Eventually.LIMIT.multipliedBy(2), Duration.ofSeconds(10)));
  private final HttpServer server =
      PatientServer.start(
          fixture.api,
          HttpOptions.STANDARD.connections(
              new HttpOptions.Connections(20_000, ApiAttack.BY_ADDRESS)));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Long> micros = new ArrayList<>();

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void anAttackDoesNotKeepAnotherAccountFromWorking() throws Exception {
    // The first request takes long, since it loads the schemas.
    work();
    micros.clear();
    if (LARGE.isPresent()) {
      workOn();
      report("without an attack");
      Process attack =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ApiAttack.class.getName(),
                  String.valueOf(server.address().getPort()),
                  String.valueOf(SIZE.sockets()),
                  String.valueOf(SIZE.drips()),
                  String.valueOf(SIZE.documents()),
                  String.valueOf(SIZE.bytes()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader output = attack.inputReader()) {
        String line = ".";
        while (line.equals(".")) {
          workUntil(output::ready);
          line = output.readLine();
        }
        assertThat(line).isEqualTo("complete");
        workOn();
        report("beside " + SIZE);
      } finally {
        attack.destroy();
        Eventually.ended(attack);
      }
    } else {
      try (ApiAttack attack = new ApiAttack(server.address(), SIZE, () -> {})) {
        workUntil(attack::isComplete);
        workOn();
        report("beside " + SIZE);
      }
    }
  }

  /** Prints how long the requests took since the last report. */
  private void report(String circumstances) {
    micros.sort(null);
    System.out.printf(
        "%d requests of another account %s (%d sockets open): p50 %.1f ms, p99 %.1f ms,"
            + " longest %.1f ms%n",
        micros.size(),
        circumstances,
        fixture.api.sockets().list(new Access.SuperAdmin()).size(),
        micros.get(micros.size() / 2) / 1e3,
        micros.get(micros.size() * 99 / 100) / 1e3,
        micros.getLast() / 1e3);
    micros.clear();
  }

  /** Sends requests of the account {@code acme}, all of which must succeed. */
  private void workUntil(Callable<Boolean> attackHasProceeded) {
    Eventually.holds(
        "the attack has proceeded",
        () -> {
          if (attackHasProceeded.call()) {
            return true;
          }
          work();
          return false;
        });
  }

  /** Sends {@link #REQUESTS} requests. */
  private void workOn() throws IOException, InterruptedException {
    int before = micros.size();
    while (micros.size() - before < REQUESTS) {
      work();
    }
  }

  private void work() throws IOException, InterruptedException {
    succeeds(200, "GET", "/conferences/red", "");
    succeeds(201, "PUT", "/users", "{\"data\":{\"first_name\":\"A\",\"last_name\":\"B\"}}");
    succeedsOverANewConnection();
  }

  private void succeedsOverANewConnection() throws InterruptedException {
    long start = System.nanoTime();
    try (RawClient client = new RawClient(server.address())) {
      client.send(
          "GET /v2/accounts/acme/conferences/red HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: "
              + ApiFixture.TOKEN
              + "\r\nConnection: close\r\n\r\n");
      assertThat(client.readTextToEnd()).startsWith("HTTP/1.1 200 ");
    }
    micros.add((System.nanoTime() - start) / 1_000);
    fixture.sleep(PAUSE);
  }

  private void succeeds(int status, String verb, String path, String body)
      throws IOException, InterruptedException {
    URI target =
        URI.create("http://127.0.0.1:" + server.address().getPort() + "/v2/accounts/acme" + path);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .method(verb, BodyPublishers.ofString(body))
            .header("X-Auth-Token", ApiFixture.TOKEN)
            .build();
    long start = System.nanoTime();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    micros.add((System.nanoTime() - start) / 1_000);
    assertThat(response.statusCode())
        .as(verb + " " + path + ": " + response.body())
        .isEqualTo(status);
    fixture.sleep(PAUSE);
  }
}

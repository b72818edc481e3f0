package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.http.HttpOptions;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.waiting.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files that arrive and leave over HTTP, larger than other bodies may be. */
@Execution(ExecutionMode.CONCURRENT)
class FilesOverHttpIT {

  /** Larger than other bodies may be, which are limited to 4 MiB. */
  private static final byte[] LARGE = sound(5 << 20);

  private static final String RAW = "/v2/accounts/acme/media/hello/raw";
  private static final String TAPE = "/v2/accounts/acme/recordings/tape/raw";

  @TempDir private Path folder;
  private final ShiftedTime time = new ShiftedTime();
  private final MemoryRecords records = new MemoryRecords();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    FileFolder files = FileFolder.open(folder, "/shared", new FileLimits(6 << 20, 1 << 30));
    ApiFixture fixture =
        new ApiFixture(
            time,
            builder ->
                builder
                    .records(records)
                    .files(files)
                    .socketLimits(
                        PatientServer.SOCKETS.authenticating(
                            10, Duration.ofDays(36_500), Duration.ofHours(1))));
    fixture.store.put(ApiFixture.ACME, DocumentType.MEDIA, "hello", Json.object());
    records.put(
        new AccountRecord(
            Optional.of(ApiFixture.ACME),
            RecordKind.RECORDING,
            "tape",
            "red",
            Instant.parse("2026-01-01T00:00:00Z"),
            ApiFixture.json("{'path':'/shared/recordings/tape.wav','ended':1}")));
    Files.write(folder.resolve("recordings/tape.wav"), LARGE);
    HttpOptions options =
        PatientServer.HTTP.timing(
            new HttpOptions.Timing(
                Duration.ofDays(36_500),
                Duration.ofMinutes(30),
                1,
                Duration.ofMinutes(20),
                Duration.ofDays(36_500)));
    server = PatientServer.start(fixture.api, options);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static byte[] sound(int size) {
    byte[] sound = new byte[size];
    for (int i = 0; i < size; i++) {
      sound[i] = (byte) (i % 251);
    }
    System.arraycopy("RIFF----WAVE".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 12);
    return sound;
  }

  private HttpResponse<byte[]> send(String verb, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .method(verb, body)
            .header("X-Auth-Token", ApiFixture.TOKEN);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private String unfinished() throws IOException {
    Path media = folder.resolve("media/acme");
    if (!Files.exists(media)) {
      return "";
    }
    try (var files = Files.list(media)) {
      return String.join(" ", files.map(it -> it.getFileName().toString()).toList());
    }
  }

  @Test
  void aLargeFileIsUploadedAndDownloaded() throws Exception {
    HttpResponse<byte[]> stored = send("PUT", RAW, BodyPublishers.ofByteArray(LARGE));
    assertThat(stored.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> fetched = get(RAW);
    assertThat(fetched.statusCode()).isEqualTo(200);
    assertThat(header(fetched, "Content-Length")).isEqualTo("" + LARGE.length);
    assertThat(header(fetched, "Content-Type")).isEqualTo("audio/wav");
    assertThat(fetched.body()).isEqualTo(LARGE);
  }

  @Test
  void aFileOfUnknownLengthIsUploaded() throws Exception {
    HttpResponse<byte[]> stored =
        send("POST", RAW, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)));
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(folder.resolve("media/acme/hello.wav")).hasBinaryContent(LARGE);
  }

  @Test
  void aPartOfARecordingIsDownloaded() throws Exception {
    HttpResponse<byte[]> part = get(TAPE, "Range", "bytes=1000000-4999999");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 1000000-4999999/" + LARGE.length);
    assertThat(header(part, "Content-Length")).isEqualTo("4000000");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(LARGE, 1_000_000, 5_000_000));
    assertThat(get(TAPE, "Range", "bytes=" + LARGE.length + "-").statusCode()).isEqualTo(416);
  }

  @Test
  void theHeadersAreThoseOfTheFile() throws Exception {
    HttpResponse<byte[]> head = send("HEAD", TAPE, BodyPublishers.noBody());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo("" + LARGE.length);
    assertThat(header(head, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(head.body()).isEmpty();
    assertThat(get(TAPE).body()).hasSize(LARGE.length);
  }

  @Test
  void thePlayerOfAPageGivesTheTokenInTheQuery() throws Exception {
    URI target =
        URI.create(
            "http://127.0.0.1:%d%s?auth_token=acme-token"
                .formatted(server.address().getPort(), TAPE));
    assertThat(
            client.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofByteArray()).body())
        .hasSize(LARGE.length);
  }

  @Test
  void anUploadThatIsTooLargeIsRefusedAndLeavesNothing() throws Exception {
    HttpResponse<byte[]> refused = send("PUT", RAW, BodyPublishers.ofByteArray(sound(7 << 20)));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void anUploadThatStallsIsEnded() throws IOException {
    try (RawClient slow = new RawClient(server.address())) {
      slow.send(
          "PUT "
              + RAW
              + " HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: acme-token\r\n"
              + "Content-Length: 5000000\r\n\r\nRIFF----WAVE");
      Eventually.holds("the upload begins", () -> !unfinished().isEmpty());
      time.forward(Duration.ofHours(1));
      slow.send("more");
      assertThat(slow.readHeaders()).startsWith("HTTP/1.1 408");
    }
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void aClientThatDisconnectsLeavesNothing() {
    try (RawClient gone = new RawClient(server.address())) {
      gone.send(
          "PUT "
              + RAW
              + " HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: acme-token\r\n"
              + "Content-Length: 5000000\r\n\r\nRIFF----WAVE");
      Eventually.holds("the upload begins", () -> !unfinished().isEmpty());
    }
    Eventually.holds("the upload has ended", () -> unfinished().isEmpty());
  }
}

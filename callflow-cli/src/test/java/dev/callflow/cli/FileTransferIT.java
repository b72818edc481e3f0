package dev.callflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.Api;
import dev.callflow.api.access.Access;
import dev.callflow.api.http.HttpServer;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.host.Callflow;
import dev.callflow.ports.ReservedPort;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** FreeSWITCH has another file system than the host, and transfers files over the API. */
class FileTransferIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final String API = "/v2/accounts/acme";
  private static final String SOUND = "RIFF\1\0\0\0WAVEfmt and the rest";

  @TempDir private Path folder;
  private final MemoryStore store = new MemoryStore().account(ACME, Json.object());
  private final MemoryRecords records = new MemoryRecords();
  private final HttpClient client = HttpClient.newHttpClient();
  private ReservedPort port;
  private SimulatedFreeSwitch freeSwitch;
  private Callflow host;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    store.put(ACME, DocumentType.MEDIA, "hello", Json.object());
    store.put(ACME, DocumentType.CONFERENCE, "board", Json.readObject("{\"name\": \"Board\"}"));
    store.put(
        ACME,
        DocumentType.CALLFLOW,
        "flow",
        Json.readObject(
            """
            {"numbers": ["5000"], "flow": {"module": "play", "data": {"id": "hello"},
              "children": {"_": {"module": "conference", "data": {"id": "board"}}}}}
            """));
    freeSwitch = SimulatedFreeSwitch.builder().mediaScale(0.05).start();
    // FreeSWITCH must know the port before the server listens.
    port = new ReservedPort();
    InetSocketAddress http = new InetSocketAddress("127.0.0.1", port.number());
    TransferredFiles files =
        new TransferredFiles(
            FileFolder.open(folder, "/nowhere", FileLimits.STANDARD),
            "http://127.0.0.1:" + http.getPort(),
            TimeSource.system());
    host =
        Callflow.builder()
            .documents(store)
            .records(records)
            .files(files)
            .freeSwitch(freeSwitch.esl(), "ClueCon", options -> {})
            .listen(new InetSocketAddress("127.0.0.1", 0))
            .closingTimeout(Duration.ZERO)
            .start();
    server =
        HttpServer.start(
            http,
            Api.builder(store, host.conferences(), TimeSource.system())
                .authenticator(token -> Optional.of(new Access.OfAccount(ACME)))
                .records(records)
                .files(files)
                .build());
    freeSwitch.handCallsTo(host.calls());
    assertThat(host.awaitConnected(Eventually.LIMIT)).isTrue();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    port.close();
    host.close();
    freeSwitch.close();
    client.close();
  }

  private HttpResponse<String> send(String verb, String path, String body) throws Exception {
    URI target =
        URI.create(
            path.startsWith("http")
                ? path
                : "http://127.0.0.1:" + server.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(target)
            .method(verb, BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
            .header("X-Auth-Token", "any")
            .build(),
        BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
  }

  private SimulatedCaller inRoom() {
    SimulatedCaller alice = freeSwitch.call("1001", "Alice", "5000");
    // FreeSWITCH knows it earlier than the host, which records nothing in a room that is not
    // running.
    Eventually.holds(
        "the host knows that alice has joined",
        () -> send("GET", API + "/conferences/board/participants", "").body().contains("Alice"),
        alice::heard);
    return alice;
  }

  private void record(String what) throws Exception {
    assertThat(
            send(
                    "PUT",
                    API + "/conferences/board",
                    "{\"action\": \"record\", \"data\": {\"action\": \"" + what + "\"}}")
                .statusCode())
        .isEqualTo(202);
  }

  private String here() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("recordings"))) {
      return String.join(" ", files.map(it -> it.getFileName().toString()).toList());
    }
  }

  @Test
  void aRecordingArrivesIsDownloadedAndDeleted() throws Exception {
    inRoom();
    record("start");
    record("stop");
    Eventually.holds(
        "the recording has moved to the host",
        () -> here().endsWith(".wav") && freeSwitch.model().recordings().isEmpty());

    JsonNode row =
        Eventually.value(
            "the recording is in the history",
            () ->
                Optional.of(Json.read(send("GET", API + "/recordings", "").body()))
                    .map(it -> it.at("/data/0"))
                    .filter(it -> it.has("ended")));
    String raw = API + "/recordings/" + row.path("id").asString() + "/raw";
    assertThat(send("GET", raw, "").body()).startsWith("RIFF").hasSize(16_044);
    assertThat(send("DELETE", raw.replace("/raw", ""), "").statusCode()).isEqualTo(200);
    assertThat(here()).isEmpty();
    assertThat(send("GET", raw, "").statusCode()).isEqualTo(404);
  }

  @Test
  void freeSwitchFetchesAnUploadedSoundOnce() throws Exception {
    assertThat(send("PUT", API + "/media/hello/raw", SOUND).statusCode()).isEqualTo(200);
    SimulatedCaller alice = inRoom();
    String played =
        alice.heard().stream().filter(it -> it.startsWith("http_cache://")).findFirst().orElse("");
    String url = played.substring("http_cache://".length());
    assertThat(url).matches("http://127\\.0\\.0\\.1:[0-9]+/v2/transfers/[A-Za-z0-9_-]{43}\\.wav");
    assertThat(send("PUT", url, SOUND).statusCode()).isEqualTo(404);
    assertThat(send("HEAD", url, "").statusCode()).isEqualTo(404);
    assertThat(send("GET", url, "").body()).isEqualTo(SOUND);
    assertThat(send("GET", url, "").statusCode()).isEqualTo(404);
  }
}

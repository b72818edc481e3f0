package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.core.file.SoundFormat;
import dev.callflow.core.file.TransferredFiles;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import dev.callflow.core.record.RecordQuery;
import dev.callflow.simulator.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FreeSWITCH's requests, which have a link instead of a token. */
class TransfersTests {

  private static final String SOUND = "RIFF\1\0\0\0WAVEfmt 0123456789";
  private static final String UNKNOWN = "/v2/transfers/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String CLIENT = "10.0.0.9";

  @TempDir private Path folder;
  private final MemoryRecords records = new MemoryRecords();
  private TransferredFiles files;
  private ApiFixture fixture;

  @BeforeEach
  void upload() throws IOException {
    FileFolder here = FileFolder.open(folder, "/nowhere", FileLimits.STANDARD);
    fixture =
        new ApiFixture(
            new VirtualTime(),
            (bed, builder) -> {
              files = new TransferredFiles(here, "http://10.0.0.5:8000", bed.time);
              return builder.records(records).files(files);
            });
    fixture.store.put(ApiFixture.ACME, DocumentType.MEDIA, "hello", Json.object());
    assertThat(fixture.request("PUT", "/media/hello/raw", SOUND).status()).isEqualTo(200);
  }

  private String link() {
    return files
        .url(ApiFixture.ACME, "hello", SoundFormat.WAV)
        .substring("http://10.0.0.5:8000".length());
  }

  private Reply send(String verb, String path) {
    return fixture.send(path, verb, verb.equals("PUT") ? SOUND : "", Map.of(), CLIENT);
  }

  @Test
  void aSoundIsFetchedOnceWithoutAToken() throws IOException {
    String link = link();
    assertThat(send("PUT", link).status()).isEqualTo(404);
    assertThat(send("HEAD", link).status()).isEqualTo(404);
    try (var file = send("GET", link).reply().file().orElseThrow()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      file.write(out, () -> {});
      assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(SOUND);
    }
    assertThat(send("GET", link).status()).isEqualTo(404);
  }

  @Test
  void aLinkGivesAccessToNothingElse() {
    String link = link();
    for (String path : new String[] {link + "/raw", link + "/..", "/v2/accounts/acme/media"}) {
      assertThat(send("GET", path).status()).as(path).isIn(401, 404);
    }
  }

  @Test
  void guessesAreLimitedAndGenuineLinksAreNot() throws IOException {
    for (int i = 0; i < 30; i++) {
      assertThat(send("GET", UNKNOWN).status()).isEqualTo(404);
    }
    assertThat(send("GET", UNKNOWN).status()).isEqualTo(429);
    Reply genuine = send("GET", link());
    assertThat(genuine.status()).isEqualTo(200);
    genuine.reply().file().orElseThrow().close();
  }

  @Test
  void noLinkIsInTheAudit() throws InterruptedException {
    fixture.run(() -> {
      send("PUT", link());
      fixture.request("DELETE", "/media/hello");
      fixture.sleep(Duration.ofSeconds(5));
    });
    assertThat(records.list(RecordQuery.oldest(RecordKind.AUDIT, 10)))
        .isNotEmpty()
        .noneMatch(it -> it.body().toString().contains("transfers"));
  }
}

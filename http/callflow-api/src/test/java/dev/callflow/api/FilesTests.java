package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.api.access.Access;
import dev.callflow.api.access.Scope;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FileFolder;
import dev.callflow.core.file.FileLimits;
import dev.callflow.core.file.SoundFormat;
import dev.callflow.core.record.AccountRecord;
import dev.callflow.core.record.MemoryRecords;
import dev.callflow.core.record.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings and uploaded media, whose files FreeSWITCH sees in a folder. */
class FilesTests {

  private static final String SOUND = "RIFF\1\0\0\0WAVEfmt 0123456789";

  @TempDir private Path folder;
  private final MemoryRecords records = new MemoryRecords();
  private ApiFixture fixture;

  @BeforeEach
  void record() throws IOException {
    FileFolder files = FileFolder.open(folder, "/shared", new FileLimits(100, 1_000));
    fixture = new ApiFixture(builder -> builder.records(records).files(files));
    recording(ApiFixture.ACME, "tape-1", 0, "{'path':'/shared/recordings/one.wav','ended':1}");
    recording(ApiFixture.ACME, "tape-2", 1, "{'path':'/shared/recordings/two.wav','ended':1}");
    recording(ApiFixture.ACME, "running", 2, "{'path':'/shared/recordings/three.wav'}");
    recording(ApiFixture.ACME, "moved", 3, "{'path':'/elsewhere/four.wav','ended':1}");
    recording(ApiFixture.OTHER, "theirs", 4, "{'path':'/shared/recordings/one.wav','ended':1}");
    Files.writeString(folder.resolve("recordings/one.wav"), "0123456789");
    Files.writeString(folder.resolve("recordings/three.wav"), "012");
    fixture.store.put(
        ApiFixture.ACME, DocumentType.MEDIA, "hello", ApiFixture.json("{'name':'H'}"));
    fixture.store.put(
        ApiFixture.ACME, DocumentType.MEDIA, "far", ApiFixture.json("{'path':'/srv/far.wav'}"));
  }

  private void recording(AccountId account, String id, int second, String body) {
    records.put(
        new AccountRecord(
            Optional.of(account),
            RecordKind.RECORDING,
            id,
            "red",
            Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second),
            ApiFixture.json(body)));
  }

  private static String file(Reply reply) throws IOException {
    try (var file = reply.reply().file().orElseThrow()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      file.write(out, () -> {});
      assertThat(out.size()).isEqualTo(file.length());
      return out.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static String why(Reply reply) {
    assertThat(reply.message()).isEqualTo("file_unreachable");
    assertThat(reply.status()).isEqualTo(409);
    return reply.data().path("message").asString();
  }

  private Reply download(String path, String range) {
    return fixture.request("GET", path, "", Map.of("Range", range));
  }

  // ---- recordings

  @Test
  void theRecordingsOfTheAccountAreListedNewestFirst() {
    Reply reply = fixture.request("GET", "/recordings?page_size=3");
    assertThat(reply.data().valueStream().map(it -> it.path("id").asString()))
        .containsExactly("moved", "running", "tape-2");
    assertThat(
            fixture
                .request(
                    "GET",
                    "/recordings?start_key=" + reply.body().path("next_start_key").asString())
                .data()
                .path(0)
                .path("id")
                .asString())
        .isEqualTo("tape-1");
  }

  @Test
  void aRecordingIsDownloaded() throws IOException {
    Reply reply = fixture.request("GET", "/recordings/tape-1/raw");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsEntry("Content-Type", "audio/wav")
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Disposition", "attachment; filename=\"tape-1.wav\"")
        .containsEntry("Cache-Control", "no-store")
        .doesNotContainKey("Content-Range");
    assertThat(file(reply)).isEqualTo("0123456789");
  }

  @Test
  void aClientOfKazooAsksForTheFileByAccept() throws IOException {
    Reply reply = fixture.request("GET", "/recordings/tape-1", "", Map.of("Accept", "audio/mpeg"));
    assertThat(reply.headers()).containsEntry("Content-Type", "audio/wav");
    assertThat(file(reply)).isEqualTo("0123456789");
    assertThat(fixture.request("GET", "/recordings/tape-1").data().path("id").asString())
        .isEqualTo("tape-1");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3,206,0123,bytes 0-3/10",
    "bytes=-2,206,89,bytes 8-9/10",
    "bytes=8-99,206,89,bytes 8-9/10",
    "'bytes=0-1,3-4',200,0123456789,",
    "nonsense,200,0123456789,"
  })
  void aPartIsDownloaded(String range, int status, String content, String partOf)
      throws IOException {
    Reply reply = download("/recordings/tape-1/raw", range);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.headers().get("Content-Range")).isEqualTo(partOf);
    assertThat(file(reply)).isEqualTo(content);
  }

  @Test
  void aPartBehindTheEndIsRefusedWithTheSize() {
    Reply reply = download("/recordings/tape-1/raw", "bytes=10-");
    assertThat(reply.status()).isEqualTo(416);
    assertThat(reply.message()).isEqualTo("range_not_satisfiable");
    assertThat(reply.headers()).containsEntry("Content-Range", "bytes */10");
  }

  @Test
  void aPartOfAnotherFileIsTheWholeFile() throws IOException {
    String tag = fixture.request("GET", "/recordings/tape-1/raw").headers().get("ETag");
    Map<String, String> same = Map.of("Range", "bytes=1-1", "If-Range", tag);
    Map<String, String> another = Map.of("Range", "bytes=1-1", "If-Range", "\"other\"");
    assertThat(file(fixture.request("GET", "/recordings/tape-1/raw", "", same))).isEqualTo("1");
    assertThat(file(fixture.request("GET", "/recordings/tape-1/raw", "", another)))
        .isEqualTo("0123456789");
    assertThat(
            fixture
                .request("GET", "/recordings/tape-1/raw", "", Map.of("If-None-Match", tag))
                .status())
        .isEqualTo(304);
  }

  @Test
  void aFileThatCannotBeReachedIsRefusedWithTheReason() {
    assertThat(why(fixture.request("GET", "/recordings/tape-2/raw")))
        .isEqualTo("the file cannot be reached: the folder for files does not contain it");
    assertThat(why(fixture.request("GET", "/recordings/running/raw")))
        .isEqualTo("the file cannot be reached: the recording has not ended");
    assertThat(why(fixture.request("GET", "/recordings/moved/raw")))
        .contains("outside of the folder")
        .doesNotContain("/elsewhere");
    assertThat(why(fixture.request("DELETE", "/recordings/running"))).contains("has not ended");
    assertThat(why(fixture.request("DELETE", "/recordings/moved"))).contains("outside");
  }

  @Test
  void aHostWithoutAFolderSaysSoInsteadOfListingNothing() throws IOException {
    ApiFixture none = new ApiFixture(builder -> builder.records(records));
    none.store.put(ApiFixture.ACME, DocumentType.MEDIA, "hello", Json.object());
    for (String path : List.of("/recordings", "/recordings/tape-1/raw")) {
      assertThat(why(none.request("GET", path))).contains("--files");
    }
    assertThat(why(none.request("PUT", "/media/hello/raw", SOUND))).contains("--files");
    Files.delete(folder.resolve("recordings/one.wav"));
    Files.delete(folder.resolve("recordings/three.wav"));
    Files.delete(folder.resolve("recordings"));
    assertThat(why(fixture.request("GET", "/recordings"))).contains("cannot be read");
  }

  @Test
  void aDeletedRecordingIsGoneWithItsFile() {
    assertThat(fixture.request("DELETE", "/recordings/tape-1").status()).isEqualTo(200);
    assertThat(folder.resolve("recordings/one.wav")).doesNotExist();
    assertThat(fixture.request("GET", "/recordings/tape-1").status()).isEqualTo(404);
    assertThat(fixture.request("GET", "/history/recordings").data().size()).isEqualTo(3);
  }

  @Test
  void theRecordingOfAnotherAccountIsUnknown() {
    for (String path : List.of("/recordings/theirs", "/recordings/theirs/raw")) {
      assertThat(fixture.request("GET", path).status()).isEqualTo(404);
    }
    assertThat(fixture.request("DELETE", "/recordings/theirs").status()).isEqualTo(404);
    assertThat(folder.resolve("recordings/one.wav")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "%2e%2e",
        "..%2f..%2frecordings%2fone",
        "one.wav",
        "tape-1%00",
        "tape-1%2f..%2ftape-1",
        "%2fetc%2fpasswd",
        "%2fshared%2frecordings%2fone.wav"
      })
  void anIdThatIsAPathIsUnknown(String id) {
    assertThat(fixture.request("GET", "/recordings/" + id + "/raw").status()).isEqualTo(404);
    assertThat(fixture.request("GET", "/media/" + id + "/raw").status()).isEqualTo(404);
    assertThat(fixture.request("PUT", "/media/" + id + "/raw", SOUND).status()).isEqualTo(404);
  }

  @Test
  void readingNeedsReadAndChangingNeedsDocuments() {
    fixture.tokens =
        token -> Optional.of(new Access.OfAccount(ApiFixture.ACME, Set.of(Scope.READ)));
    assertThat(fixture.request("GET", "/recordings/tape-1/raw").status()).isEqualTo(200);
    assertThat(fixture.request("DELETE", "/recordings/tape-1").status()).isEqualTo(403);
    assertThat(fixture.request("PUT", "/media/hello/raw", SOUND).status()).isEqualTo(403);
    assertThat(folder.resolve("recordings/one.wav")).exists();
    assertThat(folder.resolve("media/acme")).doesNotExist();
  }

  @Test
  void anAccountMayDownloadOnlySoManyFilesAtOnce() throws IOException {
    List<Reply> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(fixture.request("GET", "/recordings/tape-1/raw"));
    }
    assertThat(fixture.request("GET", "/recordings/tape-1/raw").status()).isEqualTo(429);
    file(open.getFirst());
    Reply again = fixture.request("GET", "/recordings/tape-1/raw");
    assertThat(again.status()).isEqualTo(200);
    file(again);
    for (Reply reply : open.subList(1, 100)) {
      file(reply);
    }
  }

  // ---- uploaded media

  @Test
  void anUploadedFileIsDownloadedAndPlayed() throws IOException {
    Reply reply = fixture.request("PUT", "/media/hello/raw", SOUND);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data())
        .isEqualTo(
            ApiFixture.json("{'id':'hello','content_type':'audio/wav','content_length':26}"));
    assertThat(file(fixture.request("GET", "/media/hello/raw"))).isEqualTo(SOUND);
    assertThat(file(download("/media/hello/raw", "bytes=0-3"))).isEqualTo("RIFF");
    assertThat(
            fixture.conferences.media().find("hello", "", ApiFixture.ACME, fixture.store).media())
        .contains(new Media.Uploaded(ApiFixture.ACME, "hello", SoundFormat.WAV));
  }

  @Test
  void theDocumentShowsTheUploadedFileAndHidesHowItIsKept() {
    fixture.request("POST", "/media/hello/raw", SOUND);
    Reply reply = fixture.request("GET", "/media/hello");
    assertThat(reply.data())
        .isEqualTo(
            ApiFixture.json(
                "{'id':'hello','name':'H','content_type':'audio/wav','content_length':26}"));
  }

  @Test
  void aClientCannotClaimAnUpload() {
    fixture.request("PATCH", "/media/hello", "{'data':{'pvt_uploaded':'wav'}}");
    assertThat(fixture.request("GET", "/media/hello/raw").status()).isEqualTo(404);
    assertThat(
            fixture
                .conferences
                .media()
                .find("hello", "", ApiFixture.ACME, fixture.store)
                .media()
                .orElseThrow())
        .isNotInstanceOf(Media.Uploaded.class);
  }

  @Test
  void aFileOfAnotherFormatTakesThePlaceOfTheOneBefore() throws IOException {
    fixture.request("PUT", "/media/hello/raw", SOUND);
    assertThat(
            fixture
                .request("PUT", "/media/hello/raw", "ID3 music")
                .data()
                .path("content_type")
                .asString())
        .isEqualTo("audio/mpeg");
    assertThat(file(fixture.request("GET", "/media/hello/raw"))).isEqualTo("ID3 music");
    assertThat(folder.resolve("media/acme/hello.wav")).doesNotExist();
  }

  @Test
  void theFileOfARemovedDocumentIsRemoved() {
    fixture.request("PUT", "/media/hello/raw", SOUND);
    assertThat(folder.resolve("media/acme/hello.wav")).exists();
    assertThat(fixture.request("DELETE", "/media/hello").status()).isEqualTo(200);
    assertThat(folder.resolve("media/acme/hello.wav")).doesNotExist();
  }

  @Test
  void otherContentAndTooMuchOfItAreRefused() {
    Reply other = fixture.request("PUT", "/media/hello/raw", "#!/bin/sh");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.data().at("/raw/format/message").asString())
        .isEqualTo("must be the content of a WAV or MP3 file");
    Reply large = fixture.request("PUT", "/media/hello/raw", SOUND + "x".repeat(100));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.data().path("message").asString())
        .isEqualTo("the file must have at most 100 bytes");
    assertThat(fixture.request("GET", "/media/hello/raw").status()).isEqualTo(404);
  }

  @Test
  void aDocumentWhoseFileIsElsewhereSaysSo() {
    assertThat(why(fixture.request("GET", "/media/far/raw"))).contains("only FreeSWITCH reads");
  }
}

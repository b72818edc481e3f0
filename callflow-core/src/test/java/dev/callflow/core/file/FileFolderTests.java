package dev.callflow.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.core.document.AccountId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in a folder that FreeSWITCH sees at another path. */
class FileFolderTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String TAPE = "/shared/recordings/red_1764441000_" + SECRET + ".wav";
  private static final String WAV = "RIFF\1\0\0\0WAVEfmt and the rest";
  private static final String MP3 = "ID3 and the rest";

  @TempDir private Path machine;
  private Path root;
  private FileFolder files;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(machine.resolve("files"));
    files = FileFolder.open(root, "/shared/", new FileLimits(100, 150));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(FoundFile found) throws IOException {
    if (!(found instanceof FoundFile.Here(OpenFile file))) {
      return found.toString();
    }
    try (file) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      file.write(0, file.size(), out, () -> {});
      return out.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static void assertUnreachable(FoundFile found) {
    assertThat(found).isInstanceOf(FoundFile.Unreachable.class);
  }

  private Path file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private String written() throws IOException {
    try (Stream<Path> all = Files.walk(machine)) {
      return String.join(
          " ",
          all.filter(Files::isRegularFile)
              .map(it -> machine.relativize(it).toString())
              .sorted()
              .toList());
    }
  }

  // ---- recordings

  @Test
  void aRecordingIsFoundByThePathAtFreeSwitch() throws IOException {
    file("recordings/red_1764441000_" + SECRET + ".wav", "sound");
    assertThat(text(files.recording(TAPE))).isEqualTo("sound");
  }

  @Test
  void aRecordingThatIsNotThereIsUnreachableWithTheReason() {
    assertThat(files.recording(TAPE))
        .isEqualTo(new FoundFile.Unreachable("the folder for files does not contain it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "/tmp/red_1_0123456789abcdef0123456789abcdef.wav",
        "/shared/recordings/",
        "/shared/recordings/../secret.wav",
        "/shared/recordings/../../secret.wav",
        "/shared/recordings/a/b.wav",
        "/shared/recordings/..%2fsecret.wav",
        "/shared/recordings/.wav",
        "/shared/recordings/secret",
        "/shared/recordings/secret.wav\0.wav",
        "/shared/recordings/secret.wav\n",
        "/shared/recordings\\secret.wav",
        "/shared/recordings/~secret.wav",
        "recordings/secret.wav",
        "/shared/media/acme/secret.wav"
      })
  void aPathThatIsNotThatOfARecordingReachesNothing(String path) throws IOException {
    Files.writeString(machine.resolve("secret.wav"), "secret");
    file("secret.wav", "secret");
    file("media/acme/secret.wav", "secret");
    assertUnreachable(files.recording(path));
    assertThat(files.removeRecording(path)).isInstanceOf(RemovedFile.Unreachable.class);
    assertThat(written()).isEqualTo("files/media/acme/secret.wav files/secret.wav secret.wav");
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    Path secret = Files.writeString(machine.resolve("secret.wav"), "secret");
    Files.createSymbolicLink(root.resolve("recordings/link.wav"), secret);
    Files.createSymbolicLink(root.resolve("media/acme"), machine);
    assertUnreachable(files.recording("/shared/recordings/link.wav"));
    assertUnreachable(files.media(ACME, "secret", SoundFormat.WAV));
    assertThat(files.keepMedia(ACME, "planted", stream(WAV)))
        .isInstanceOf(KeptFile.Unreachable.class);
    assertThat(files.removeMedia(ACME, "secret", SoundFormat.WAV))
        .isEqualTo(new RemovedFile.Removed(false));
    assertThat(files.removeRecording("/shared/recordings/link.wav"))
        .isEqualTo(new RemovedFile.Removed(true));
    assertThat(secret).hasContent("secret");
    assertThat(machine.resolve("planted.wav")).doesNotExist();
  }

  @Test
  void aFolderOrADeviceIsNoRecording() throws IOException {
    Files.createDirectory(root.resolve("recordings/folder.wav"));
    assertUnreachable(files.recording("/shared/recordings/folder.wav"));
  }

  @Test
  void aRemovedRecordingIsGone() throws IOException {
    file("recordings/red_1764441000_" + SECRET + ".wav", "sound");
    assertThat(files.removeRecording(TAPE)).isEqualTo(new RemovedFile.Removed(true));
    assertThat(files.removeRecording(TAPE)).isEqualTo(new RemovedFile.Removed(false));
    assertUnreachable(files.recording(TAPE));
  }

  @Test
  void nothingIsRemovedWhileTheFolderIsNotThere() throws IOException {
    Files.delete(root.resolve("recordings"));
    assertThat(files.problem()).contains("the folder for files cannot be read");
    assertThat(files.removeRecording(TAPE))
        .isEqualTo(new RemovedFile.Unreachable("the folder for files cannot be read"));
  }

  @Test
  void aPartOfAFileIsReadEvenIfAnotherTakesItsPlace() throws IOException {
    files.keepMedia(ACME, "hello", stream(WAV));
    FoundFile found = files.media(ACME, "hello", SoundFormat.WAV);
    files.keepMedia(ACME, "hello", stream("RIFF....WAVE another"));
    assertThat(text(found)).isEqualTo(WAV);
    assertThat(text(files.media(ACME, "hello", SoundFormat.WAV))).isEqualTo("RIFF....WAVE another");
  }

  // ---- uploaded media

  @Test
  void anUploadedFileIsKeptInTheFolderOfTheAccount() throws IOException {
    assertThat(files.keepMedia(ACME, "hello", stream(WAV)))
        .isEqualTo(new KeptFile.Kept(SoundFormat.WAV, WAV.length()));
    assertThat(files.keepMedia(ACME, "music", stream(MP3)))
        .isEqualTo(new KeptFile.Kept(SoundFormat.MP3, MP3.length()));
    assertThat(written()).isEqualTo("files/media/acme/hello.wav files/media/acme/music.mp3");
    assertUnreachable(files.media(new AccountId("other"), "hello", SoundFormat.WAV));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RIFF", "#!/bin/sh\nrm -rf /", "<html>", "OggS"})
  void anotherContentIsNotKept(String content) throws IOException {
    assertThat(files.keepMedia(ACME, "hello", stream(content)))
        .isEqualTo(new KeptFile.OtherFormat());
    assertThat(written()).isEmpty();
  }

  @Test
  void anUploadWithoutEndIsRefusedAndLeavesNothing() throws IOException {
    files.keepMedia(ACME, "hello", stream(WAV));
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThat(
            files.keepMedia(
                ACME, "hello", new SequenceInputStream(stream("RIFF....WAVE"), endless)))
        .isEqualTo(new KeptFile.TooLarge(100));
    assertThat(text(files.media(ACME, "hello", SoundFormat.WAV))).isEqualTo(WAV);
    assertThat(written()).isEqualTo("files/media/acme/hello.wav");
  }

  @Test
  void anAccountCannotFillTheDisk() throws IOException {
    String large = WAV + "x".repeat(60);
    assertThat(files.keepMedia(ACME, "one", stream(large))).isInstanceOf(KeptFile.Kept.class);
    assertThat(files.keepMedia(ACME, "two", stream(large))).isEqualTo(new KeptFile.NoRoom(150));
    assertThat(files.keepMedia(new AccountId("other"), "two", stream(large)))
        .isInstanceOf(KeptFile.Kept.class);
  }

  @Test
  void anUploadThatBreaksOffLeavesTheFileBefore() throws IOException {
    files.keepMedia(ACME, "hello", stream(WAV));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the client is gone");
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            files.keepMedia(ACME, "hello", new SequenceInputStream(stream("RIFF....WAVE"), broken)))
        .withMessage("the client is gone");
    assertThat(text(files.media(ACME, "hello", SoundFormat.WAV))).isEqualTo(WAV);
    assertThat(written()).isEqualTo("files/media/acme/hello.wav");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../x", "a/b", "a\0b", "%2e%2e", "a b", "ä", "a.wav"})
  void anIdThatIsNoNameOfAFileReachesNothing(String id) throws IOException {
    for (AccountId account : new AccountId[] {ACME, new AccountId(id)}) {
      String document = account.equals(ACME) ? id : "hello";
      assertUnreachable(files.media(account, document, SoundFormat.WAV));
      assertThat(files.keepMedia(account, document, stream(WAV)))
          .isInstanceOf(KeptFile.Unreachable.class);
      assertThat(files.removeMedia(account, document, SoundFormat.WAV))
          .isInstanceOf(RemovedFile.Unreachable.class);
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsUnreachable() throws IOException {
    Files.delete(root.resolve("media"));
    assertThat(files.keepMedia(ACME, "hello", stream(WAV)))
        .isEqualTo(new KeptFile.Unreachable("the folder for files cannot be written"));
  }
}

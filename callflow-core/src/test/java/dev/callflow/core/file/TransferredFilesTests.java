package dev.callflow.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.Inbox;
import dev.callflow.core.time.TimeSource;
import dev.callflow.core.time.Timer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a FreeSWITCH whose file system the host does not see. */
class TransferredFilesTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final String TAPE = "/tmp/red_1764441000_0123456789abcdef0123456789abcdef.wav";
  private static final String WAV = "RIFF\1\0\0\0WAVEfmt and the rest";

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime();

  /** The files at FreeSWITCH, by their paths. */
  private final Map<String, String> atFreeSwitch = new HashMap<>();

  private final List<String> links = new ArrayList<>();
  private TransferredFiles files;

  /** Sends a file as FreeSWITCH does, with a request to the URL. */
  private final SwitchFiles freeSwitch =
      new SwitchFiles() {
        @Override
        public SentFile send(String path, Supplier<String> url) {
          links.add(url.get());
          String content = atFreeSwitch.get(path);
          return content != null && put(links.getLast(), content).isPresent()
              ? new SentFile.Sent()
              : new SentFile.NotSent("FreeSWITCH does not have it");
        }

        @Override
        public void discard(String path) {
          atFreeSwitch.remove(path);
        }
      };

  @BeforeEach
  void open() throws IOException {
    FileFolder here = FileFolder.open(folder, "/nowhere", FileLimits.STANDARD);
    files = new TransferredFiles(here, "http://10.0.0.5:8000", time);
    files.switches(freeSwitch);
  }

  private static String link(String url) {
    assertThat(url).startsWith("http://10.0.0.5:8000/v2/transfers/");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Optional<KeptFile> put(String url, String content) {
    try {
      return files.receive(link(url), stream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  @Test
  void aRecordingArrivesWhenItHasEndedAndIsRemovedFromFreeSwitch() throws IOException {
    atFreeSwitch.put(TAPE, WAV);
    files.recordingEnded(TAPE);
    assertThat(atFreeSwitch).isEmpty();
    assertThat(text(files.recording(TAPE))).isEqualTo(WAV);
    assertThat(links).hasSize(1);
  }

  @Test
  void aRecordingThatHasNotArrivedIsSentWhenAClientAsksForIt() throws IOException {
    files.recordingEnded(TAPE);
    assertThat(files.recording(TAPE))
        .isEqualTo(new FoundFile.Unreachable("FreeSWITCH does not have it"));
    atFreeSwitch.put(TAPE, WAV);
    assertThat(text(files.recording(TAPE))).isEqualTo(WAV);
  }

  @Test
  void aRecordingIsRemovedHereAndThere() {
    atFreeSwitch.put(TAPE, WAV);
    assertThat(files.removeRecording(TAPE)).isEqualTo(new RemovedFile.Removed(true));
    assertThat(atFreeSwitch).isEmpty();
    assertThat(files.removeRecording(TAPE)).isInstanceOf(RemovedFile.Unreachable.class);
  }

  @Test
  void aLinkIsValidOnceAndForOneDirection() throws IOException {
    files.recording(TAPE);
    String link = link(links.getFirst());
    assertThat(link).matches("[A-Za-z0-9_-]{43}");
    assertThat(files.send(link)).isEmpty();
    assertThat(files.isValid(link)).isTrue();
    assertThat(files.receive(link, stream(WAV)))
        .contains(new KeptFile.Kept(SoundFormat.WAV, WAV.length()));
    assertThat(files.isValid(link)).isFalse();
    assertThat(files.receive(link, stream("RIFF----WAVE replaced"))).isEmpty();
    assertThat(text(files.recording(TAPE))).isEqualTo(WAV);
  }

  @Test
  void aLinkExpires() throws IOException {
    files.recording(TAPE);
    time.now = time.now.plus(Duration.ofMinutes(2));
    assertThat(files.isValid(link(links.getFirst()))).isFalse();
    assertThat(files.receive(link(links.getFirst()), stream(WAV))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ".wav", "a/b", "\0"})
  void aLinkThatWasNotIssuedIsNotValid(String link) throws IOException {
    assertThat(files.isValid(link)).isFalse();
    assertThat(files.receive(link, stream(WAV))).isEmpty();
    assertThat(files.send(link)).isEmpty();
  }

  @Test
  void whatArrivesMustBeAWavFile() throws IOException {
    files.recording(TAPE);
    assertThat(files.receive(link(links.getFirst()), stream("ID3 music")))
        .contains(new KeptFile.OtherFormat());
    assertThat(files.recording(TAPE)).isInstanceOf(FoundFile.Unreachable.class);
  }

  @Test
  void freeSwitchFetchesASoundOnceForEachUrl() throws IOException {
    files.keepMedia(ACME, "hello", stream(WAV));
    String url = files.url(ACME, "hello", SoundFormat.WAV);
    assertThat(url).endsWith(".wav");
    assertThat(files.isValid(link(url))).isTrue();
    assertThat(put(url, WAV)).isEmpty();
    assertThat(text(files.send(link(url)).orElseThrow().file())).isEqualTo(WAV);
    assertThat(files.send(link(url))).isEmpty();
    assertThat(files.url(ACME, "hello", SoundFormat.WAV)).isNotEqualTo(url);
  }

  @Test
  void aSoundMayBeFetchedAtTheEndOfALongVisit() {
    String link = link(files.url(ACME, "hello", SoundFormat.WAV));
    time.now = time.now.plus(Duration.ofHours(12)).minusMillis(1);
    assertThat(files.isValid(link)).isTrue();
    time.now = time.now.plusMillis(1);
    assertThat(files.isValid(link)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.5:8000",
        "ftp://10.0.0.5",
        "http://10.0.0.5:8000/",
        "http://user@10.0.0.5",
        "http://a b",
        "http://10.0.0.5:8000?x"
      })
  void anAddressThatIsNoneIsRefused(String address) throws IOException {
    FileFolder here = FileFolder.open(folder, "/nowhere", FileLimits.STANDARD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransferredFiles(here, address, time))
        .withMessageContaining("such as http://10.0.0.5:8000");
  }

  /** A clock that the test moves, and threads that end before they return. */
  private static final class ManualTime implements TimeSource {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Thread start(String name, Runnable task) {
      task.run();
      return Thread.currentThread();
    }

    @Override
    public <T> Inbox<T> inbox(int capacity) {
      return TimeSource.system().inbox(capacity);
    }

    @Override
    public Timer after(Duration delay, String name, Runnable task) {
      return TimeSource.system().after(delay, name, task);
    }
  }
}

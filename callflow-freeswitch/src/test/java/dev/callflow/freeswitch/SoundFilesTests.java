package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.file.SoundFormat;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFilesTests {

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  private final SoundFiles sounds =
      new SoundFiles(
          FreeSwitchOptions.builder(ANY, ANY, "secret")
              .holdMusic("local_stream://jazz")
              .recordings("/var/recordings")
              .prompts(
                  Map.of(
                      "conf-enter_conf_pin",
                      "ivr/pin.wav",
                      "conf-beep",
                      "/sounds/beep.wav",
                      "conf-denied",
                      "go.wav"))
              .soundPrefixes(Map.of("fr", "/sounds/fr"))
              .build());

  @Test
  void aPromptIsAFileInTheConferenceFolder() {
    assertThat(sounds.file(new Media.Prompt("conf-welcome", "")))
        .isEqualTo("conference/conf-welcome.wav");
  }

  @Test
  void aPromptMayHaveAConfiguredFile() {
    assertThat(sounds.file(new Media.Prompt("conf-enter_conf_pin", ""))).isEqualTo("ivr/pin.wav");
  }

  @Test
  void aPromptInAnotherLanguageIsBelowItsSoundPrefix() {
    assertThat(sounds.file(new Media.Prompt("conf-welcome", "fr")))
        .isEqualTo("/sounds/fr/conference/conf-welcome.wav");
    assertThat(sounds.file(new Media.Prompt("conf-beep", "fr"))).isEqualTo("/sounds/beep.wav");
    assertThat(sounds.file(new Media.Prompt("conf-welcome", "de")))
        .isEqualTo("conference/conf-welcome.wav");
  }

  @Test
  void aPromptThatThePackagesLackHasAFallback() {
    assertThat(sounds.fallback(new Media.Prompt("conf-bad_pin", "")))
        .contains("conference/conf-bad-pin.wav");
    assertThat(sounds.fallback(new Media.Prompt("conf-max_participants", "fr")))
        .contains("/sounds/fr/conference/conf-conference_is_full.wav");
  }

  @Test
  void configuredPromptsAndStoredFilesHaveNoFallback() {
    assertThat(sounds.fallback(new Media.Prompt("conf-denied", ""))).isEmpty();
    assertThat(sounds.fallback(new Media.Stored("conf-bad_pin", "conf-bad_pin"))).isEmpty();
  }

  @Test
  void anUploadedFileIsInTheFolderOfItsAccount() {
    Media uploaded = new Media.Uploaded(new AccountId("acme"), "hello", SoundFormat.MP3);
    SoundFiles inFolder = new SoundFiles(options().uploads("/shared/media").build());
    SoundFiles fetched =
        new SoundFiles(options().uploadUrls(it -> "http://10.0.0.5/" + it.id()).build());
    assertThat(inFolder.file(uploaded)).isEqualTo("/shared/media/acme/hello.mp3");
    assertThat(fetched.file(uploaded)).isEqualTo("http_cache://http://10.0.0.5/hello");
  }

  private static FreeSwitchOptions.Builder options() {
    return FreeSwitchOptions.builder(
        new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.1", 0), "secret");
  }

  @Test
  void aSequenceIsAFileString() {
    assertThat(
            sounds.file(
                new Media.Sequence(
                    List.of(
                        new Media.Prompt("a", ""), new Media.Stream("tone_stream://%(1,1,1)")))))
        .isEqualTo("file_string://conference/a.wav!tone_stream://%(1,1,1)");
  }

  @Test
  void holdMusicIsTheConfiguredStream() {
    assertThat(sounds.file(new Media.HoldMusic())).isEqualTo("local_stream://jazz");
  }

  @Test
  void recordingsAreInTheConfiguredFolder() {
    assertThat(sounds.recording("board-1")).isEqualTo("/var/recordings/board-1.wav");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a b", "a/b", "", "a;b"})
  void aRecordingNameCannotEscapeTheFolder(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> sounds.recording(name));
  }
}

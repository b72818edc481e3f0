package dev.callflow.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaReferenceTests {

  private static final AccountId ACME = new AccountId("acme");

  private final MemoryStore store = new MemoryStore();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example/x.wav        | https://a.example/x.wav
          tone_stream://%(200,0,500)     | tone_stream://%(200,0,500)
          %(200,0,500)                   | tone_stream://%(200,0,500)
          silence_stream://100           | silence_stream://100
          local_stream://moh             | local_stream://moh
          /var/sounds/x.wav              | /var/sounds/x.wav
          hello                          | media:hello
          prompt://acme/conf-welcome/de  | conf-welcome
          """)
  void whatMayBePlayedIsNamedAsItWasAskedFor(String text, String name) {
    assertThat(MediaReference.read(text, ACME, store).map(Media::name)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shell_stream://rm -rf /",
        "say:hello",
        "http_cache://http://a.example/x",
        "{x=y}/var/x.wav",
        "file_string://a!b",
        "https://a.example/${uuid_kill}",
        "../../etc/passwd",
        "/var/../etc/passwd",
        "a/b.wav",
        "x'y",
        "x\ny",
        "prompt://acme/../../x/de",
        "//a/b",
        ""
      })
  void whatCouldDoMoreThanSoundIsRefused(String text) {
    assertThat(MediaReference.read(text, ACME, store)).isEmpty();
  }

  @Test
  void aMediumsDocumentSaysWhereItsFileIs() {
    store.put(ACME, DocumentType.MEDIA, "hello", Json.object().put("path", "ivr/hello.wav"));
    store.put(ACME, DocumentType.MEDIA, "evil", Json.object().put("path", "shell_stream://x"));
    assertThat(MediaReference.read("hello", ACME, store))
        .contains(new Media.Stored("hello", "ivr/hello.wav"));
    assertThat(MediaReference.read("evil", ACME, store)).contains(new Media.Stored("evil", "evil"));
  }
}

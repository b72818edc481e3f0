package dev.callflow.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class MediaGuardTests {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId OTHER = new AccountId("other");

  private final MemoryStore store =
      new MemoryStore().put(ACME, DocumentType.MEDIA, "hello", Json.object());

  private final MediaGuard guard =
      MediaGuard.standard()
          .folder("/srv/media/shared")
          .folder("/srv/media/accounts/{account}")
          .folder("music")
          .host("media.example.com")
          .host("cdn.example.com:8443")
          .host("[2001:db8::1]");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          hello                                          | media:hello
          conf-welcome                                   | conf-welcome
          vm-abort                                       | vm-abort
          prompt://acme/conf-welcome/de                  | conf-welcome
          prompt://acme/conf-welcome/                    | conf-welcome
          %(200,0,500)                                   | tone_stream://%(200,0,500)
          v=-7;%(100,0,941.0,1477.0)                     | tone_stream://v=-7;%(100,0,941.0,1477.0)
          """)
  void aNameOrABareToneIsPlayable(String text, String name) {
    assertThat(guard.find(text, "", ACME, store).media().map(Media::name)).contains(name);
    assertThat(guard.check(Map.of("/at", text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone_stream://%(200,0,500)",
        "tone_stream://%(2000, 4000, 440.0, 480.0)",
        "tone_stream://%(500,500,480,620);loops=-1",
        "tone_stream://L=3;%(100,100,350,440)",
        "tone_stream://%(274,0,913.8)%(274,0,1370.6)",
        "tone_stream://d=100;w=50;1234*#",
        "tone_stream://v=-7;>=2;+=.1;%(300,0,523,659);v=-7;>=3;+=.1;%(800,0,659,783)",
        "silence_stream://1",
        "silence_stream://5000,1400",
        "silence_stream://-1",
        "local_stream://moh",
        "local_stream://moh/8000",
        "/srv/media/shared/x.wav",
        "/srv/media/shared/x.WAV",
        "/srv/media/shared/jazz/Take Five (1).mp3",
        "/srv/media/shared/gr\u00fc\u00dfe",
        "/srv/media/accounts/acme/x.wav",
        "https://media.example.com/x.wav",
        "https://media.example.com:443/x.wav",
        "http://MEDIA.example.com/x.wav",
        "https://media.example.com",
        "https://media.example.com/a%20b/?key=Zm9v%2Fx&t=1.5",
        "https://media.example.com/gr%C3%BC%C3%9Fe.wav",
        "https://cdn.example.com:8443/x.ogg",
        "http://[2001:DB8::1]/x.wav",
        "shout://media.example.com/live.mp3",
        "http_cache://https://media.example.com/x.wav"
      })
  void aStreamAnAllowedFileOrAnAllowedUrlIsPlayedAsWritten(String text) {
    assertThat(guard.find(text, "", ACME, store).media()).contains(new Media.Stream(text));
    assertThat(guard.check(Map.of("/at", text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "/",
        "//srv/media/shared/x.wav",
        "/srv/media/shared",
        "/srv/media/shared/",
        "/srv/media/shared/../secret.wav",
        "/srv/media/shared/./x.wav",
        "/srv/media/shared//x.wav",
        "/srv/media/shared/..",
        "/srv/media/sharedx/x.wav",
        "/srv/media/SHARED/x.wav",
        "/srv/media/accounts/x.wav",
        "/srv/media/accounts/../shared/x.wav",
        "/srv/media/shared/x.shell_stream",
        "/srv/media/shared/x y.shell_stream",
        "/srv/media/shared/x.http",
        "/srv/media/shared/x.lua",
        "/srv/media/shared/x.wav@@8000",
        "/srv/media/shared/x.wav!/etc/passwd",
        "/srv/media/shared/$(id).wav",
        "/srv/media/shared/${x}.wav",
        "/srv/media/shared/`id`.wav",
        "/srv/media/shared/a'b.wav",
        "/srv/media/shared/a\"b.wav",
        "/srv/media/shared/a\\b.wav",
        "/srv/media/shared/a;b.wav",
        "/srv/media/shared/a|b.wav",
        "/srv/media/shared/a,b.wav",
        "/srv/media/shared/a:_:b.wav",
        "/srv/media/shared/a\nb.wav",
        "/srv/media/shared/a\u0000.wav",
        "/srv/media/shared/ x.wav",
        "/srv/media/shared/x.wav ",
        "/srv/media/shared/%2e%2e/x.wav",
        "/srv/media/shared/{a=b}x.wav",
        "/var/lib/freeswitch/recordings/board_1700000000_1.wav",
        "music/x.wav",
        "ivr/ivr-say_name.wav",
        "../x.wav",
        "a/b.wav",
        "C:\\x.wav"
      })
  void aFileOutsideTheAllowedFoldersIsRefused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%[loops=3]/srv/media/shared/x.wav",
        "{loops=3}/srv/media/shared/x.wav",
        "{modname=mod_shell_stream}hello",
        "[a=b]hello",
        "@/srv/media/shared/x.wav",
        "@hello",
        "$hello",
        "${hold_music}",
        "$${hold_music}",
        "${system(id)}",
        "!hello",
        "hello!hello",
        "say:hello",
        "say:en:number pronounced:5",
        "phrase:demo",
        "phrase:demo:x",
        "tts://flite|kal|hello",
        "file_string://a.wav!b.wav",
        "file_string:///srv/media/shared/x.wav",
        "shell_stream://id",
        "shell_stream:///bin/ls",
        "vlc:///etc/passwd",
        "portaudio_stream://1",
        "playlist:///etc/passwd",
        "av:///etc/passwd",
        "rtmp://media.example.com/x",
        "rtsp://media.example.com/x",
        "ftp://media.example.com/x",
        "file:///srv/media/shared/x.wav",
        "httapi://http://media.example.com/x",
        "memcache://x",
        "png:///etc/passwd",
        "data:audio/wav;base64,AAAA",
        "loopback/900555/default",
        ":_:hello"
      })
  void aStringInAnotherFreeSwitchSyntaxIsRefused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone_stream://path=/etc/passwd",
        "tone_stream://PATH=/etc/passwd",
        "tone_stream://%(1,1,440);path=/etc/passwd",
        "tone_stream://",
        "tone_stream://;loops=5",
        "tone_stream://%(100)",
        "tone_stream://%(100,0)",
        "tone_stream://%(1;0;440)",
        "tone_stream://%(120001,0,440)",
        "tone_stream://L=999999;%(1000,0,440)",
        "tone_stream://l=9999;%(1000,0,440)",
        "tone_stream://d=100000;1234",
        "tone_stream://%(100,0,440);loops=99999",
        "tone_stream://%(100,0,440);loops=-1;x=/etc/passwd",
        "tone_stream://%(100,0,440)!/etc/passwd",
        "tone_stream://r=100000000;%(100,0,440)",
        "tone_stream://c=9999;%(100,0,440)",
        "tone_stream://${system(id)}",
        "tone_stream://%(100,0,440)\n",
        "TONE_STREAM://%(100,0,440)",
        "%(100,0,440)'",
        "%(${x},0,440)",
        "x/%(100,0,440)",
        "silence_stream://",
        "silence_stream://0",
        "silence_stream://-2",
        "silence_stream://1!/etc/passwd",
        "silence_stream://1,${x}",
        "local_stream://",
        "local_stream://../x",
        "local_stream:///etc",
        "local_stream://moh!x",
        "local_stream://moh/8000/x",
        "local_stream://mo h",
        "local_stream://${x}",
        "prompt://acme/../de",
        "prompt://acme/conf-welcome/../x",
        "prompt://acme/conf-welcome",
        "prompt://acme/conf-welcome/de/x",
        "prompt://acme/conf-welcome/a-language-too-long"
      })
  void aMalformedStreamIsRefused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1/x.wav",
        "http://2130706433/x.wav",
        "http://0x7f.1/x.wav",
        "http://[::1]/x.wav",
        "http://[::ffff:127.0.0.1]/x.wav",
        "http://localhost/x.wav",
        "http://evil.example.com/x.wav",
        "http://media.example.com@evil.example.com/x.wav",
        "http://media.example.com:80@evil.example.com/x.wav",
        "http://user:pw@media.example.com/x.wav",
        "http://media.example.com.evil.example.com/x.wav",
        "http://evil.example.com/media.example.com/x.wav",
        "http://evil.example.com?http://media.example.com/x.wav",
        "http://evil.example.com#media.example.com/x.wav",
        "http://evil.example.com\\@media.example.com/x.wav",
        "http://media.example.com\\@evil.example.com/x.wav",
        "http://media.example.com./x.wav",
        "http://media.example.com:8080/x.wav",
        "http://media.example.com:443/x.wav",
        "https://media.example.com:80/x.wav",
        "http://media.example.com:0/x.wav",
        "http://media.example.com:99999/x.wav",
        "http://media.example.com:/x.wav",
        "https://cdn.example.com/x.wav",
        "http://media%2eexample.com/x.wav",
        "http://\uff4dedia.example.com/x.wav",
        "http:///x.wav",
        "http:/media.example.com/x.wav",
        "http:media.example.com/x.wav",
        "HTTP://media.example.com/x.wav",
        "http://media.example.com/../x.wav",
        "http://media.example.com/%2e%2e/x.wav",
        "http://media.example.com/a%2fb.wav",
        "http://media.example.com/%00.wav",
        "http://media.example.com/%0d%0aHost:x.wav",
        "http://media.example.com/%5c.wav",
        "http://media.example.com/%2500.wav",
        "http://media.example.com/%zz.wav",
        "http://media.example.com/%c0%af.wav",
        "http://media.example.com/%24%7bx%7d.wav",
        "http://media.example.com/x.wav%",
        "http://media.example.com/x.wav!/etc/passwd",
        "http://media.example.com/x.wav;id",
        "http://media.example.com/${x}.wav",
        "http://media.example.com/x.shell_stream",
        "http://media.example.com/a b.wav",
        "http://media.example.com/x.wav\r\nX: y",
        "http_cache://http://evil.example.com/x.wav",
        "http_cache://{a=b}http://media.example.com/x.wav",
        "http_cache://file:///etc/passwd",
        "http_cache://http_cache://http://media.example.com/x.wav",
        "shout://evil.example.com/x.mp3",
        "shout://u:p@media.example.com/x.mp3"
      })
  void aUrlThatIsNotClearlyOnAnAllowedHostIsRefused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "x\n",
        "a'b",
        "a\"b",
        "a\\b",
        "x\ny",
        "x\ty",
        "a;b",
        "a&b",
        "a|b",
        "a,b",
        "a=b",
        "a#b",
        " a",
        "a ",
        "a\u007f",
        "a\u202eb"
      })
  void aNameWithOtherCharactersIsRefused(String text) {
    assertRefused(text);
  }

  private void assertRefused(String text) {
    FoundMedia found = guard.find(text, "", ACME, store);
    assertThat(found).isInstanceOf(FoundMedia.Refused.class);
    assertThat(found.problem().orElseThrow()).startsWith("is not ");
    assertThat(guard.check(Map.of("/at", text)))
        .singleElement()
        .satisfies(it ->
            assertThat(it.message())
                .isEqualTo(it.warning() ? ONLY_IF_ALLOWED : found.problem().orElseThrow()));
  }

  private static final String ONLY_IF_ALLOWED =
      "is played only if the host application allows the host of the URL";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example.com/x.wav",
        "http://other.example.com:8080/a/b.mp3?c=d",
        "http_cache://https://other.example.com/x.wav"
      })
  void aPublicUrlOnAHostThatIsNotAllowedIsOnlyAWarning(String text) {
    assertThat(guard.find(text, "", ACME, store)).isInstanceOf(FoundMedia.Refused.class);
    assertThat(guard.check(Map.of("/at", text)))
        .containsExactly(Problem.warning("/at", ONLY_IF_ALLOWED));
    assertThat(MediaGuard.standard().publicHosts().find(text, "", ACME, store))
        .isInstanceOf(FoundMedia.Playable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/x.wav",
        "http://db/x.wav",
        "http://db.internal/x.wav",
        "http://printer.local/x.wav",
        "http://127.0.0.1/x.wav",
        "http://127.1/x.wav",
        "http://0x7f.0.0.1/x.wav",
        "http://2130706433/x.wav",
        "http://169.254.169.254/x.wav",
        "http://8.8.8.8/x.wav",
        "http://[::1]/x.wav",
        "http://user@other.example.com/x.wav",
        "https://other.example.com/x.wav!/etc/passwd",
        "rtmp://other.example.com/x.wav"
      })
  void aUrlWithAnAddressOrALocalNameIsAlwaysAProblem(String text) {
    assertThat(guard.check(Map.of("/at", text))).singleElement().matches(it -> !it.warning());
    assertThat(MediaGuard.standard().publicHosts().find(text, "", ACME, store))
        .isInstanceOf(FoundMedia.Refused.class);
  }

  @Test
  void aStringThatIsTooLongIsRefused() {
    assertRefused("https://media.example.com/" + "a".repeat(2048));
    assertRefused("/srv/media/shared/" + "a/".repeat(2048) + "x.wav");
    assertRefused("tone_stream://" + "%(1,1,1);".repeat(500));
    assertRefused("a".repeat(129));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://media.example.com/x.wav",
        "http://127.0.0.1/x.wav",
        "/srv/media/shared/x.wav",
        "/tmp/x.wav"
      })
  void filesAndUrlsAreRefusedUnlessConfigured(String text) {
    assertThat(MediaGuard.standard().find(text, "", ACME, store))
        .isInstanceOf(FoundMedia.Refused.class);
  }

  @Test
  void anAccountsFolderIsClosedToOtherAccounts() {
    String file = "/srv/media/accounts/acme/x.wav";
    assertThat(guard.find(file, "", ACME, store).media()).contains(new Media.Stream(file));
    assertThat(guard.find(file, "", OTHER, store).media()).isEmpty();
    assertThat(guard.find(file, "", new AccountId("acme/.."), store).media()).isEmpty();
    assertThat(guard.check(Map.of("/at", file))).isEmpty();
  }

  // ---- documents

  @Test
  void mediaOfAnotherAccountIsUnknown() {
    assertThat(guard.find("hello", "", OTHER, store)).isEqualTo(new FoundMedia.Unknown("hello"));
    assertThat(guard.find("gone", "", ACME, store)).isEqualTo(new FoundMedia.Unknown("gone"));
  }

  @Test
  void mediaOfTheAccountTakesPrecedenceOverAPromptOfTheSameName() {
    assertThat(guard.find("conf-alone", "de", ACME, store).media())
        .contains(new Media.Prompt("conf-alone", "de"));
    store.put(ACME, DocumentType.MEDIA, "conf-alone", Json.object());
    assertThat(guard.find("conf-alone", "de", ACME, store).media())
        .contains(new Media.Stored("conf-alone", "conf-alone"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                     | media
          {"path":""}                                            | media
          {"path":"ivr/hello.wav"}                               | ivr/hello.wav
          {"path":"conference/conf-alone.wav"}                   | conference/conf-alone.wav
          {"path":"music/x.wav"}                                 | music/x.wav
          {"path":"/srv/media/shared/x.wav"}                     | /srv/media/shared/x.wav
          {"path":"https://media.example.com/x.wav"}             | https://media.example.com/x.wav
          {"url":"https://media.example.com/x.wav"}              | https://media.example.com/x.wav
          {"source_url":"https://media.example.com/x.wav"}       | https://media.example.com/x.wav
          {"path":"ivr/a.wav","url":"http://evil.example.com/"}  | ivr/a.wav
          """)
  void aMediaDocumentLocatesItsFile(String body, String file) {
    store.put(ACME, DocumentType.MEDIA, "media", Json.readObject(body));
    assertThat(guard.find("media", "", ACME, store).media())
        .contains(new Media.Stored("media", file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"path":"/etc/passwd"}                                      | /path
          {"path":"/srv/media/accounts/other/../acme/x.wav"}          | /path
          {"path":"../recordings/x.wav"}                              | /path
          {"path":"recordings/x.wav"}                                 | /path
          {"path":"hello"}                                            | /path
          {"path":"ivr"}                                              | /path
          {"path":"ivr/../../x.wav"}                                  | /path
          {"path":"shell_stream://id"}                                | /path
          {"path":"tone_stream://path=/etc/passwd"}                   | /path
          {"path":"say:hello"}                                        | /path
          {"path":"%[a=b]ivr/x.wav"}                                  | /path
          {"path":"@ivr/x.wav"}                                       | /path
          {"path":"http://169.254.169.254/"}                          | /path
          {"url":"http://169.254.169.254/"}                           | /url
          {"url":"/srv/media/shared/x.wav"}                           | /url
          {"url":"file:///etc/passwd"}                                | /url
          {"url":"http://media.example.com@evil.example.com/"}        | /url
          {"source_url":"http://evil.example.com/"}                   | /source_url
          {"recording":"board_1700000000_1"}                          | /recording
          {"recording":"../x_0123456789abcdef0123456789abcdef"}       | /recording
          {"recording":"name_0123456789ABCDEF0123456789ABCDEF"}       | /recording
          """)
  void aMediaDocumentCannotNameOtherFilesOrUrls(String body, String pointer) {
    ObjectNode document = Json.readObject(body);
    store.put(ACME, DocumentType.MEDIA, "media", document);
    assertThat(guard.find("media", "", ACME, store)).isInstanceOf(FoundMedia.Refused.class);
    assertThat(guard.check(document))
        .extracting(Problem::pointer)
        .singleElement()
        .hasToString(pointer);
  }

  @Test
  void aRecordingWithAnUnguessableNameIsPlayable() {
    String name = "username_0123456789abcdef0123456789abcdef";
    store.put(ACME, DocumentType.MEDIA, "media", Json.object().put("recording", name));
    Media media = guard.find("media", "", ACME, store).media().orElseThrow();
    assertThat(media).isEqualTo(new Media.Recording(name));
    assertThat(media.name()).isEqualTo("recording");
    assertThat(media.toString()).doesNotContain(name);
  }

  @Test
  void musicIsAPromptOnlyIfWrittenAsAPromptUrl() {
    MediaReader reader = guard.reader(ACME, store);
    assertThat(reader.readMusic("moh", "conf-alone")).isEmpty();
    assertThat(reader.readMusic("moh", "hello")).contains(new Media.Stored("hello", "hello"));
    assertThat(reader.readMusic("moh", "prompt://x/conf-alone/")).isPresent();
  }

  // ---- configuration

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//x", "/srv/../x", "/srv/./x", "/srv/$x", "/srv/*", "/a//b"})
  void anInvalidFolderIsRefused(String folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MediaGuard.standard().folder(folder))
        .withMessageContaining("expected, for example, /srv/media");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "*.example.com", "http://x", "x/y", "u@x", "x:0", "x:70000", "x:", "-x"})
  void anInvalidHostIsRefused(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MediaGuard.standard().host(host))
        .withMessageContaining("expected, for example, media.example.com");
  }
}

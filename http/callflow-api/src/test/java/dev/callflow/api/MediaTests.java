package dev.callflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.api.ApiFixture.Reply;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients may play and store only their account's media and learn nothing about other files. */
class MediaTests {

  private final ApiFixture fixture = new ApiFixture();

  @Test
  void aPromptIsPlayedByNameToARoomAndToAParticipant() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      assertThat(play("/conferences/red", "conf-welcome").status()).isEqualTo(202);
      assertThat(play("/conferences/red/participants", "conf-welcome").status()).isEqualTo(202);
      assertThat(play("/conferences/red/participants/alice", "conf-welcome").status())
          .isEqualTo(202);
    });
  }

  @Test
  void mediaOfAnotherAccountIsABadIdentifier() throws InterruptedException {
    fixture.store.put(ApiFixture.OTHER, DocumentType.MEDIA, "theirs", Json.object());
    fixture.run(() -> {
      fixture.call("alice");
      for (String id : new String[] {"gone", "theirs", "0123456789abcdef0123456789abcdef"}) {
        for (String path : new String[] {"", "/participants", "/participants/alice"}) {
          Reply reply = play("/conferences/red" + path, id);
          assertThat(reply.status()).isEqualTo(404);
          assertThat(reply.message()).isEqualTo("bad_identifier");
          assertThat(reply.data().path("id").asString()).isEqualTo(id);
        }
      }
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "/tmp/red_1700000000_1.wav",
        "../x.wav",
        "ivr/x.wav",
        "http://169.254.169.254/",
        "https://media.example.com/x.wav",
        "tone_stream://path=/etc/passwd",
        "shell_stream://id",
        "say:hello",
        "%[a=b]/x.wav",
        "@/x.wav",
        "${system(id)}"
      })
  void mediaThatTheAccountMayNotPlayIsRefused(String text) throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      for (String path : new String[] {"", "/participants", "/participants/alice"}) {
        Reply reply = play("/conferences/red" + path, text);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.data().at("/data.media_id/format/message").asString())
            .contains("expected")
            .doesNotContain(text);
      }
    });
  }

  @Test
  void theMixersErrorMessageIsNotRevealed() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      Reply reply = play("/conferences/red", ApiFixture.MISSING);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.message()).isEqualTo("faulty_request");
      assertThat(reply.data().asString()).isEqualTo("the media cannot be played");
    });
  }

  @Test
  void thePathOfARecordingCannotBeGuessed() throws InterruptedException {
    fixture.run(() -> {
      fixture.call("alice");
      fixture.call("bob");
      String start = "{'action':'record','data':{'action':'start'}}";
      assertThat(fixture.request("PUT", "/conferences/red", start).status()).isEqualTo(202);
      fixture.sleep(Duration.ofSeconds(1));
      assertThat(fixture.model.rooms().all().getFirst().recordings())
          .singleElement()
          .asString()
          .matches("/recordings/red_\\d+_[0-9a-f]{32}\\.wav");
    });
  }

  // ---- documents

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          media       | {'name':'x','path':'/etc/passwd'}                            | path
          media       | {'name':'x','path':'../x.wav'}                               | path
          media       | {'name':'x','url':'http://169.254.169.254/'}                 | url
          media       | {'name':'x','source_url':'file:///etc/passwd'}               | source_url
          media       | {'name':'x','recording':'red_1700000000_1'}                  | recording
          conferences | {'name':'x','max_members_media':'/etc/passwd'}               | max_members_media
          conferences | {'name':'x','play_entry_tone':'http://127.0.0.1/'}           | play_entry_tone
          conferences | {'name':'x','play_exit_tone':'say:x'}                        | play_exit_tone
          conferences | {'name':'x','profile':{'moh-sound':'/etc/passwd'}}           | profile.moh-sound
          conferences | {'name':'x','profile':{'alone_sound':'{a=b}x'}}              | profile.alone_sound
          callflows   | {'numbers':['1'],'flow':{'module':'play','data':{'id':'/etc/passwd'}}} | flow.data.id
          callflows   | {'numbers':['1'],'flow':{'module':'response','data':{'media':'@x'}}} | flow.data.media
          callflows   | {'numbers':['1'],'flow':{'module':'menu','data':{'greeting':'vlc://x'}}} | flow.data.greeting
          callflows   | {'numbers':['1'],'flow':{'module':'conference','data':{'welcome_prompt':{'media_id':'/x.wav'}}}} | flow.data.welcome_prompt.media_id
          callflows   | {'numbers':['1'],'flow':{'module':'conference','data':{'config':{'max_members_media':'/x.wav'}}}} | flow.data.config.max_members_media
          """)
  void aDocumentWithForbiddenMediaIsRefused(String collection, String body, String field) {
    Reply reply = fixture.request("PUT", "/" + collection, "{'data':" + body + "}");
    assertThat(reply.status()).isEqualTo(400);
    JsonNode broken = reply.data().path(field);
    assertThat(broken.isObject()).as(reply.data().toString()).isTrue();
    assertThat(broken.at("/invalid/message").asString())
        .startsWith("is no")
        .contains("expected")
        .doesNotContain("passwd");
  }

  @Test
  void aDocumentWithAllowedMediaIsStored() {
    String body =
        "{'name':'x','max_members_media':'conf-max_participants','play_entry_tone':'%(1,0,440)',"
            + "'play_exit_tone':false,'profile':{'moh-sound':'local_stream://moh'}}";
    assertThat(fixture.request("PUT", "/conferences", "{'data':" + body + "}").status())
        .isEqualTo(201);
    assertThat(
            fixture
                .request("PUT", "/media", "{'data':{'name':'x','path':'ivr/ivr-hello.wav'}}")
                .status())
        .isEqualTo(201);
  }

  private Reply play(String path, String media) {
    return fixture.request("PUT", path, "{'action':'play','data':{'media_id':'" + media + "'}}");
  }
}

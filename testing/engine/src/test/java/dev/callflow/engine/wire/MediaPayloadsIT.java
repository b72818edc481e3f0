package dev.callflow.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.Conferences;
import dev.callflow.conference.kazoo.ControlReply;
import dev.callflow.conference.kazoo.ControlRequest;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.CallflowEngine;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.store.MemoryStore;
import dev.callflow.core.time.TimeSource;
import dev.callflow.freeswitch.ConferenceConf;
import dev.callflow.freeswitch.FreeSwitch;
import dev.callflow.freeswitch.FreeSwitchOptions;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.simulator.wire.SimulatedFreeSwitch;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts strings that FreeSWITCH could take for more than the name of a sound into every field that
 * names media. They include paths of files and of another account's media. Callflow must never make
 * FreeSWITCH play any of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class MediaPayloadsIT {

  private static final AccountId ACME = new AccountId("acme");
  private static final AccountId OTHER = new AccountId("other");
  private static final List<String> PAYLOADS =
      List.of(
          "/etc/passwd",
          "/srv/media/other/secret.wav",
          "/srv/media/acme/../other/secret.wav",
          "/srv/media/acme/x.shell_stream",
          "/srv/media/acme/x.wav!/etc/passwd",
          "/var/lib/freeswitch/recordings/board_1700000000_1.wav",
          "../recordings/x.wav",
          "recordings/x.wav",
          "secret",
          "http://169.254.169.254/latest/meta-data",
          "http://127.0.0.1:8021/",
          "http://evil.example/x.wav",
          "http://media.example.com@evil.example/x.wav",
          "http://media.example.com.evil.example/x.wav",
          "http://media.example.com:8080/x.wav",
          "http://media.example.com\\@evil.example/x.wav",
          "http://media.example.com/%0d%0a.wav",
          "http_cache://http://evil.example/x.wav",
          "shout://evil.example/x.mp3",
          "file:///etc/passwd",
          "%[loops=3]/etc/passwd",
          "{loops=3}/srv/media/acme/x.wav",
          "{modname=mod_shell_stream}x",
          "@/etc/passwd",
          "$${base_dir}/x.wav",
          "${system(id)}",
          "say:hello",
          "phrase:demo",
          "tts://flite|kal|hello",
          "file_string:///etc/passwd!x",
          "shell_stream://id",
          "vlc:///etc/passwd",
          "portaudio_stream://1",
          "rtmp://evil.example/x",
          "av:///etc/passwd",
          "tone_stream://path=/etc/passwd",
          "tone_stream://L=999999;%(1000,0,440)",
          "tone_stream://%(100,0,440)!/etc/passwd",
          "silence_stream://1!/etc/passwd",
          "local_stream://../x",
          "a'b",
          "a,b",
          "x:_:loopback/900555/default");

  /** The files that may be played instead: prompts, and the default tones and music. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(conference|ivr|voicemail|digits)/[a-z0-9_-]+\\.wav|silence_stream://\\d+"
              + "|tone_stream://v=-7;[^!]*|local_stream://moh|\\d+ms?");

  private final Set<String> requested = ConcurrentHashMap.newKeySet();
  private final MemoryStore store =
      new MemoryStore()
          .system(Json.readObject("{\"limits\":{\"rooms\":10000,\"calls\":10000}}"))
          .account(ACME, Json.object())
          .account(OTHER, Json.object())
          .put(
              OTHER,
              DocumentType.MEDIA,
              "secret",
              Json.object().put("path", "/srv/media/other/secret.wav"));

  @Test
  void noPayloadInAnyFieldIsPlayed() throws Exception {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < PAYLOADS.size(); i++) {
      texts.put("text" + i, PAYLOADS.get(i));
      for (String key : List.of("path", "url")) {
        store.put(ACME, DocumentType.MEDIA, key + "-" + i, Json.object().put(key, PAYLOADS.get(i)));
        texts.put(key + i, key + "-" + i);
      }
    }
    texts.forEach((room, text) -> documents(room, room, field -> text));
    run(List.copyOf(texts.keySet()), PAYLOADS);
    assertThat(requested).allMatch(file -> HARMLESS.matcher(file).matches());
  }

  /** Proves that the other test covers every field, because each field plays permitted media. */
  @Test
  void permittedMediaInEveryFieldArePlayed() throws Exception {
    List<String> fields = new ArrayList<>();
    documents(
        "one",
        "one",
        field -> {
          fields.add(field);
          return "tone_stream://%(" + fields.size() + ",0,440)";
        });
    run(List.of("one"), List.of());
    List<String> played = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (requested.contains("tone_stream://%(" + (i + 1) + ",0,440)")) {
        played.add(fields.get(i));
      }
    }
    assertThat(played).containsExactlyElementsOf(fields);
  }

  // ---- Documents whose media fields are filled by the test

  private void documents(String number, String room, UnaryOperator<String> text) {
    ObjectNode callflow = Json.object();
    callflow.putArray("numbers").add(number);
    ObjectNode menu = callflow.putObject("flow").put("module", "menu");
    ObjectNode question = menu.putObject("data").put("retries", 1).put("timeout", 1);
    question.put("greeting", text.apply("greeting")).put("exit_media", text.apply("exit_media"));
    ObjectNode play = menu.putObject("children").putObject("max_retries").put("module", "play");
    play.putObject("data").put("id", text.apply("play"));
    ObjectNode conference = play.putObject("children").putObject("_").put("module", "conference");
    ObjectNode element = conference.putObject("data").put("id", room);
    element.putObject("welcome_prompt").put("media_id", text.apply("welcome"));
    element
        .put("play_entry_tone", text.apply("play_entry_tone"))
        .put("play_exit_tone", text.apply("play_exit_tone"));
    ObjectNode full = conference.putObject("children").putObject("full").put("module", "response");
    full.putObject("data").put("code", 486).put("media", text.apply("response"));
    store.put(ACME, DocumentType.CALLFLOW, "flow-" + room, callflow);

    ObjectNode document = Json.object().put("name", room).put("max_participants", 1);
    document.putObject("member").put("join_muted", false);
    document.put("max_members_media", text.apply("max_members_media"));
    ObjectNode profile = document.putObject("profile");
    for (String sound : List.of("alone", "muted", "unmuted", "deaf", "undeaf")) {
      profile.put(sound + "-sound", text.apply(sound));
    }
    profile.put("moh_sound", text.apply("moh"));
    store.put(ACME, DocumentType.CONFERENCE, room, document);
  }

  private void run(List<String> rooms, List<String> refused) throws Exception {
    MediaGuard guard =
        MediaGuard.standard().folder("/srv/media/{account}").host("media.example.com");
    TimeSource time = TimeSource.system();
    try (SimulatedFreeSwitch simulated =
            SimulatedFreeSwitch.builder().password("secret").media(this::length).start();
        FreeSwitch freeSwitch =
            new FreeSwitch(PatientOptions.of(simulated, "secret").build(), time)) {
      Conferences conferences =
          Conferences.builder(store, freeSwitch.mixer(), time).media(guard).build();
      freeSwitch.start(
          CallflowEngine.builder(store, time)
              .media(guard)
              .modules(conferences.modules())
              .defaultAccount(ACME)
              .build());
      assertThat(freeSwitch.awaitConnected(Eventually.LIMIT)).isTrue();
      simulated.handCallsTo(freeSwitch.calls());
      List<SimulatedCaller> first =
          rooms.stream().map(room -> simulated.call("1001", "Alice", room)).toList();
      for (SimulatedCaller caller : first) {
        Eventually.holds(
            "the caller is in a room", () -> caller.awaitJoined(Duration.ZERO), caller::heard);
      }
      // Pressed concurrently, because each key takes as long as a real one.
      try (ExecutorService pressing = Executors.newVirtualThreadPerTaskExecutor()) {
        first.forEach(caller -> pressing.execute(() -> caller.press("*1*1*4*4")));
      }
      List<SimulatedCaller> second =
          rooms.stream().map(room -> simulated.call("1002", "Bob", room)).toList();
      for (SimulatedCaller caller : second) {
        Eventually.holds(
            "the caller's call ends", () -> caller.awaitEnded(Duration.ZERO), caller::heard);
      }
      refused.forEach(media -> isRefused(conferences, rooms.getFirst(), media));
      for (String room : rooms) {
        // Only the mixer plays music, so look for it in the leg's variables and in the XML.
        requested.addAll(
            music(
                new ConferenceConf(
                        FreeSwitchOptions.of(freeSwitch.calls(), simulated.esl(), "secret"))
                    .xml("x", conferences.profile(new RoomId(ACME, room)))));
      }
      for (SimulatedCaller caller : first) {
        caller
            .channel()
            .ifPresent(channel ->
                channel
                    .variables()
                    .forEach((name, value) -> {
                      if (name.endsWith("_sound")) {
                        requested.addAll(List.of(value.replace("file_string://", "").split("!")));
                      }
                    }));
        caller.hangUp();
        Eventually.holds(
            "the caller's call ends", () -> caller.awaitEnded(Duration.ZERO), caller::heard);
      }
    }
  }

  private static List<String> music(String xml) {
    List<String> files = new ArrayList<>();
    var parameter = Pattern.compile("name=\"[a-z-]+-sound\" value=\"([^\"]*)\"").matcher(xml);
    while (parameter.find()) {
      files.add(parameter.group(1));
    }
    return files;
  }

  private static void isRefused(Conferences conferences, String room, String media) {
    RoomId id = new RoomId(ACME, room);
    ObjectNode data = Json.object().put("media_id", media);
    for (ControlRequest.Target target :
        List.of(new ControlRequest.Target.Conference(), new ControlRequest.Target.Participants())) {
      assertThat(conferences.control(new ControlRequest(id, target, "play", data)))
          .isInstanceOf(ControlReply.Refused.class);
    }
  }

  private Optional<Duration> length(String file) {
    requested.add(file);
    return Optional.of(Duration.ofMillis(1));
  }
}

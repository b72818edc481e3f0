package dev.callflow.testkit.replay.wire;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.model.MediaLibrary;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.SimRoomState;
import dev.callflow.testkit.replay.run.Recorder;
import dev.callflow.testkit.replay.script.CaseMedia;
import dev.callflow.testkit.replay.script.CaseScript;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Translates FreeSWITCH's file and room names back into the names that case files use. */
final class WireWords implements Recorder.Words, MediaLibrary {

  /** The file that the switch plays for music on hold. */
  static final String HOLD_MUSIC = "local_stream://hold_music";

  /**
   * The silence that the adapter plays after media that it interrupts, and instead of a tone that
   * is switched off. It takes no time here, so that a case has the same times with and without the
   * wire.
   */
  private static final String SILENCE = "silence_stream://";

  /** The pause before the adapter repeats music that ends at once. */
  private static final String PAUSE = SILENCE + "1000";

  private final Map<String, String> stored;
  private final Map<String, RoomId> rooms = new ConcurrentHashMap<>();
  private final CaseMedia media;

  WireWords(CaseScript.Given given) {
    media = new CaseMedia(given.media(), given.faults().missingMedia());
    stored =
        given.accounts().stream()
            .flatMap(account -> account.documents().stream())
            .filter(document -> document.type() == DocumentType.MEDIA)
            .flatMap(document ->
                Stream.of("path", "url", "source_url")
                    .flatMap(key -> Json.text(document.body(), key).stream())
                    .limit(1)
                    .map(file -> Map.entry(file, document.id())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));
  }

  /**
   * Records which conference a room belongs to, according to the variables of a leg that enters it.
   */
  void joins(SimRoomState room, MemberState member) {
    Optional<String> account = id(member, "confvar_callflow_account");
    Optional<String> conference = id(member, "confvar_callflow_conference");
    if (account.isPresent() && conference.isPresent()) {
      rooms.put(room.name(), new RoomId(new AccountId(account.get()), conference.get()));
    }
  }

  /** Returns an id from a variable, in which it is percent-encoded. */
  private static Optional<String> id(MemberState member, String variable) {
    return member
        .channel()
        .variable(variable)
        .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8));
  }

  @Override
  public RoomId room(SimRoomState room) {
    return rooms.getOrDefault(room.name(), new RoomId(new AccountId("unknown"), room.name()));
  }

  @Override
  public List<String> media(String file) {
    String all = file.startsWith("file_string://") ? file.substring(14) : file;
    return Arrays.stream(all.split("!"))
        .filter(part -> !part.startsWith(SILENCE))
        .map(this::medium)
        .toList();
  }

  private String medium(String file) {
    String id = stored.get(file);
    if (id != null) {
      return "media:" + id;
    }
    if (file.equals(HOLD_MUSIC)) {
      return "hold_music";
    }
    if (file.matches("conference/[A-Za-z0-9_-]+\\.wav")) {
      return file.substring("conference/".length(), file.length() - 4);
    }
    if (file.matches("digits/[a-z0-9]+\\.wav")) {
      return "digits-" + file.substring("digits/".length(), file.length() - 4);
    }
    return file.matches("[A-Za-z0-9_-]+") ? "media:" + file : file;
  }

  @Override
  public Optional<Duration> length(String file) {
    if (file.equals(PAUSE)) {
      return Optional.of(Duration.ofSeconds(1));
    }
    return file.startsWith(SILENCE)
        ? Optional.of(Duration.ZERO)
        : media.length(String.join("!", media(file)));
  }
}

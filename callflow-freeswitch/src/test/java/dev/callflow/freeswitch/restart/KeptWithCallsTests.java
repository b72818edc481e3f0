package dev.callflow.freeswitch.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.KeptReply;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Position;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.error.EslTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that are kept with a channel are valid for it only, for a day, and can be removed. */
class KeptWithCallsTests {

  private static final String CORE = "core-1";
  private static final CallId ALICE = new CallId("alice");
  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Map<String, String> variables = new HashMap<>(Map.of("alice", "", "bob", ""));
  private final List<String> commands = new ArrayList<>();
  private String answer = "";
  private final PositionKey key =
      PositionKey.of("a".repeat(32).getBytes(StandardCharsets.US_ASCII));
  private final KeptWithCalls kept = after(key);

  private KeptWithCalls after(PositionKey ofHost) {
    return new KeptWithCalls(this::run, ofHost, () -> now, uuid -> uuid.matches("[a-z]+"));
  }

  private String run(String command, String arguments) {
    commands.add(command);
    String[] words = arguments.split(" ");
    if (answer.equals("none")) {
      throw new EslTimeoutException("no answer");
    }
    return switch (command) {
      case "show" ->
          """
          {"rows": [{"uuid": "alice", "application": "playback"},
                    {"uuid": "bob", "application": "conference"},
                    {"uuid": "x; shutdown", "application": "playback"}]}\
          """;
      case "uuid_getvar" -> variables.getOrDefault(words[0], "-ERR No such channel!\n");
      default -> {
        if (!answer.isEmpty()) {
          yield answer;
        }
        if (!variables.containsKey(words[0])) {
          yield "-ERR No such channel!\n";
        }
        variables.put(words[0], words.length > 2 ? words[2] : "");
        yield "+OK\n";
      }
    };
  }

  @Test
  void settingsAreReadByTheNextProcess() {
    assertThat(kept.keep(ALICE, CORE, BOARD, "{\"a\": 1}")).isEqualTo(new MixerReply.Done());
    assertThat(kept.keep(new CallId("bob"), CORE, BOARD, "{}")).isEqualTo(new MixerReply.Done());
    assertThat(after(key).read(CORE))
        .containsExactly(
            new KeptReply.Kept(ALICE, BOARD, "{\"a\": 1}"),
            new KeptReply.Kept(new CallId("bob"), BOARD, "{}"));
    assertThat(variables.get("alice")).matches("[A-Za-z0-9_.-]+");
  }

  @Test
  void settingsAreNotValidForAnotherChannelKeyOrRunOfFreeSwitchNorAfterADay() {
    kept.keep(ALICE, CORE, BOARD, "{}");
    assertThat(after(PositionKey.random()).read(CORE)).isEmpty();
    assertThat(after(key).read("core-2")).isEmpty();
    variables.put("bob", variables.get("alice"));
    assertThat(after(key).read(CORE)).hasSize(1);
    now = now.plus(Duration.ofHours(24));
    assertThat(after(key).read(CORE)).isEmpty();
  }

  @Test
  void aPositionDoesNotPassForSettingsNorSettingsForAPosition() {
    Positions positions = new Positions(key, () -> now);
    Position position =
        new Position(
            new AccountId("acme"), "2000", new Position.Place("c", "/flow"), List.of(), Map.of());
    variables.put("alice", positions.sign("alice", CORE, position));
    assertThat(after(key).read(CORE)).isEmpty();
    kept.keep(ALICE, CORE, BOARD, "{}");
    assertThat(positions.read("alice", CORE, variables.get("alice"))).isEmpty();
  }

  @Test
  void settingsAreRemovedOnlyFromCallsThatHaveSome() {
    kept.keep(ALICE, CORE, BOARD, "");
    assertThat(commands).isEmpty();
    kept.keep(ALICE, CORE, BOARD, "{}");
    kept.keep(ALICE, CORE, BOARD, "");
    assertThat(variables.get("alice")).isEmpty();
    assertThat(commands).hasSize(2);
  }

  @Test
  void theNextProcessCanRemoveWhatItHasRead() {
    kept.keep(ALICE, CORE, BOARD, "{}");
    KeptWithCalls next = after(key);
    next.read(CORE);
    next.keep(ALICE, CORE, BOARD, "");
    assertThat(variables.get("alice")).isEmpty();
  }

  @Test
  void theReplySaysWhetherTheSettingsAreKept() {
    assertThat(kept.keep(new CallId("carol"), CORE, BOARD, "{}"))
        .isEqualTo(new MixerReply.NotThere());
    answer = "-ERR no";
    assertThat(kept.keep(ALICE, CORE, BOARD, "{}")).isEqualTo(new MixerReply.Refused("-ERR no"));
    answer = "none";
    assertThat(kept.keep(ALICE, CORE, BOARD, "{}")).isEqualTo(new MixerReply.Unknown("no answer"));
    answer = "";
    assertThat(kept.keep(ALICE, CORE, BOARD, "x".repeat(60_000)))
        .isInstanceOf(MixerReply.Refused.class);
  }
}

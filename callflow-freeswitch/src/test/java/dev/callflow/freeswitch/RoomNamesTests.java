package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNamesTests {

  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");

  private final RoomNames names = new RoomNames();

  private static EslEvent event(String headers) {
    return EslEvent.of(EslEvent.Format.PLAIN, (headers + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRoomAlwaysHasTheSameHexadecimalName() {
    assertThat(names.name(BOARD)).matches("cf_[0-9a-f]{32}").isEqualTo(names.name(BOARD));
  }

  @Test
  void roomsWithTheSameIdInTwoAccountsHaveDifferentNames() {
    assertThat(names.name(BOARD))
        .isNotEqualTo(names.name(new RoomId(new AccountId("other"), "board")));
  }

  @Test
  void aRoomNamedBeforeIsFoundByItsName() {
    String name = names.name(BOARD);

    assertThat(names.room(event("Conference-Name: " + name + "\n"))).hasValue(BOARD);
  }

  @Test
  void aRoomOfAnEarlierProcessIsFoundByItsVariables() {
    String name = new RoomNames().name(BOARD);

    assertThat(
            names.room(
                event(
                    "Conference-Name: %s\ncallflow_account: acme\ncallflow_conference: board\n"
                        .formatted(name))))
        .hasValue(BOARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"board", "~;!#|^:,", "it's ${x}", "a\\b", "{a}", "Straße 1 + 2", "100%", "\u001f"})
  void anyIdSurvivesEncodingInAVariable(String id) {
    RoomId room = new RoomId(new AccountId("acme"), id);
    Map<String, String> variables = RoomNames.variables(room);
    assertThat(SwitchText.GUARDED.multiset(variables).orElseThrow())
        .matches("\\^\\^~callflow_account=acme~callflow_conference=[A-Za-z0-9%+.*_-]+");
    assertThat(
            new RoomNames()
                .room(
                    names.name(room),
                    variables.get("callflow_account"),
                    variables.get("callflow_conference")))
        .hasValue(room);
  }

  @Test
  void variablesThatAreNotIdsAreIgnored() {
    assertThat(names.room("cf_0123456789abcdef0123456789abcdef", "%zz", "x")).isEmpty();
  }

  @Test
  void variablesThatDoNotMatchTheNameAreIgnored() {
    String name = new RoomNames().name(BOARD);

    assertThat(
            names.room(
                event(
                    "Conference-Name: %s\ncallflow_account: other\ncallflow_conference: board\n"
                        .formatted(name))))
        .isEmpty();
  }

  @Test
  void aForeignRoomIsNotFound() {
    assertThat(names.room(event("Conference-Name: violet\n"))).isEmpty();
  }
}

package dev.callflow.simulator.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The expected results are those of the conference application in FreeSWITCH 1.11. */
class ConferenceArgumentTests {

  private static ConferenceArgument room(String room, String profile, String... flags) {
    return new ConferenceArgument(room, profile, List.of(flags), Optional.empty());
  }

  @Test
  void anArgumentHasANameAProfileAPinAndFlags() {
    assertThat(ConferenceArgument.of("meet@wide+1234+flags{mute|deaf,ghost}"))
        .isEqualTo(room("meet", "wide", "mute", "deaf", "ghost"));
    assertThat(ConferenceArgument.of("  meet")).isEqualTo(room("meet", "default"));
  }

  @Test
  void theLastAtAndTheFirstPlusSeparate() {
    assertThat(ConferenceArgument.of("a@b@c+d@e")).isEqualTo(room("a@b", "c"));
  }

  @Test
  void theFirstFlagsWin() {
    assertThat(ConferenceArgument.of("x+flags{moderator}@default+flags{mute}"))
        .isEqualTo(room("x", "default", "moderator"));
  }

  @Test
  void aNameThatStartsWithBridgeDialsAParty() {
    assertThat(ConferenceArgument.of("Bridge:meet:loopback/900/default"))
        .isEqualTo(
            new ConferenceArgument(
                "meet", "default", List.of(), Optional.of("loopback/900/default")));
    assertThat(ConferenceArgument.of("bridge:meet").room()).isEmpty();
  }
}

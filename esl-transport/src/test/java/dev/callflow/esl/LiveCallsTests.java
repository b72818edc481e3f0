package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls are texts here: the connections that control them. */
class LiveCallsTests {

  private final LiveCalls<String> live = new LiveCalls<>();

  @Test
  void theFirstConnectionThatNamesACallControlsIt() {
    assertThat(live.register("uuid", "first")).isTrue();
    assertThat(live.register("uuid", "second")).isFalse();
    assertThat(live.register("another", "second")).isTrue();
  }

  @Test
  void aConnectionMayNameItsCallAgain() {
    live.register("uuid", "first");

    assertThat(live.register("uuid", "first")).isTrue();
  }

  @Test
  void aCallThatItsConnectionHasLeftBelongsToTheNext() {
    live.register("uuid", "first");

    live.remove("uuid", "first");

    assertThat(live.register("uuid", "second")).isTrue();
  }

  @Test
  void aConnectionDoesNotEndTheClaimOfALaterOne() {
    live.register("uuid", "first");
    live.remove("uuid", "first");
    live.register("uuid", "second");

    live.remove("uuid", "first");

    assertThat(live.register("uuid", "third")).isFalse();
  }
}

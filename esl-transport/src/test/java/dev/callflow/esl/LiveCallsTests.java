package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls are texts here: the connections that control them. */
class LiveCallsTests {

  private final LiveCalls<String> live = new LiveCalls<>();

  @Test
  void theFirstConnectionThatNamesACallControlsIt() {
    assertThat(live.enter("uuid", "first")).isTrue();
    assertThat(live.enter("uuid", "second")).isFalse();
    assertThat(live.enter("another", "second")).isTrue();
  }

  @Test
  void aConnectionMayNameItsCallAgain() {
    live.enter("uuid", "first");

    assertThat(live.enter("uuid", "first")).isTrue();
  }

  @Test
  void aCallThatItsConnectionHasLeftBelongsToTheNext() {
    live.enter("uuid", "first");

    live.leave("uuid", "first");

    assertThat(live.enter("uuid", "second")).isTrue();
  }

  @Test
  void aConnectionDoesNotEndTheClaimOfALaterOne() {
    live.enter("uuid", "first");
    live.leave("uuid", "first");
    live.enter("uuid", "second");

    live.leave("uuid", "first");

    assertThat(live.enter("uuid", "third")).isFalse();
  }
}

package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Tests how connections claim calls. Each call is represented by a string that names its
 * connection.
 */
class LiveCallsTests {

  private final LiveCalls<String> live = new LiveCalls<>();

  @Test
  void theFirstConnectionToClaimACallControlsIt() {
    assertThat(live.register("uuid", "first")).isTrue();
    assertThat(live.register("uuid", "second")).isFalse();
    assertThat(live.register("another", "second")).isTrue();
  }

  @Test
  void aConnectionMayClaimItsCallAgain() {
    live.register("uuid", "first");

    assertThat(live.register("uuid", "first")).isTrue();
  }

  @Test
  void aReleasedCallMayBeClaimedByAnotherConnection() {
    live.register("uuid", "first");

    live.remove("uuid", "first");

    assertThat(live.register("uuid", "second")).isTrue();
  }

  @Test
  void aConnectionCannotReleaseTheClaimOfALaterOne() {
    live.register("uuid", "first");
    live.remove("uuid", "first");
    live.register("uuid", "second");

    live.remove("uuid", "first");

    assertThat(live.register("uuid", "third")).isFalse();
  }

  @Test
  void aConnectionThatHasProvedItsClaimReplacesTheOther() {
    live.register("uuid", "first");

    assertThat(live.replace("uuid", "second")).contains("first");
    live.remove("uuid", "first");

    assertThat(live.register("uuid", "third")).isFalse();
    assertThat(live.register("uuid", "second")).isTrue();
  }
}

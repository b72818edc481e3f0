package dev.callflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.testkit.replay.CaseBuilder;
import dev.callflow.testkit.replay.CaseRunner;
import dev.callflow.testkit.replay.result.CaseResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Media of a millisecond that are repeated endlessly, for an hour. */
class EndlessMediaTests {

  private static final String TICK = "tone_stream://%(1,0,400)";
  private static final int SECONDS_IN_AN_HOUR = 3600;

  private static CaseBuilder anHourOf(String flow, String length, String hungUpAfter) {
    return CaseBuilder.that("Endless media do not keep the host busy")
        .with("media", "{\"" + TICK + "\":\"" + length + "\"}")
        .account(
            "acme",
            it ->
                it.callflow("{\"numbers\":[\"2000\"],\"flow\":" + flow + "}")
                    .conference(
                        "{\"id\":\"board\",\"name\":\"board\",\"wait_for_moderator\":true,"
                            + "\"wait_timeout\":7200,\"profile\":{\"moh-sound\":\""
                            + TICK
                            + "\"}}"))
        .call(
            "alice",
            "acme",
            "2000",
            alice -> alice.when("hears " + hungUpAfter).after(Duration.ofHours(1)).hangsUp());
  }

  private static long heard(CaseResult result) {
    return result.calls().get("alice").heard().stream()
        .filter(heard -> heard.medium().equals(TICK))
        .count();
  }

  private static final String PLAY =
      "{\"module\":\"play\",\"data\":{\"id\":\"" + TICK + "\",\"endless_playback\":true}}";

  private static final String WAIT =
      "{\"module\":\"conference\",\"data\":{\"id\":\"board\",\"welcome_prompt\":{\"play\":false}}}";

  @Test
  void thePlayElementStartsAboutOncePerSecond() throws Exception {
    assertThat(heard(anHourOf(PLAY, "1ms", TICK).run()))
        .isBetween(SECONDS_IN_AN_HOUR - 10L, SECONDS_IN_AN_HOUR + 20L);
  }

  @Test
  void soItDoesOverTheEventSocket() throws Exception {
    assertThat(heard(CaseRunner.runOnWire(anHourOf(PLAY, "1ms", TICK).build())))
        .isBetween(SECONDS_IN_AN_HOUR - 10L, SECONDS_IN_AN_HOUR + 20L);
  }

  @Test
  void holdMusicStartsAboutOncePerSecond() throws Exception {
    assertThat(heard(CaseRunner.runOnWire(anHourOf(WAIT, "1ms", TICK).build())))
        .isBetween(SECONDS_IN_AN_HOUR - 10L, SECONDS_IN_AN_HOUR + 20L);
  }

  @Test
  void mediaOfASecondAreRepeatedWithoutAPause() throws Exception {
    assertThat(heard(anHourOf(PLAY, "1s", TICK).run()))
        .isBetween(SECONDS_IN_AN_HOUR - 10L, SECONDS_IN_AN_HOUR + 20L);
  }
}

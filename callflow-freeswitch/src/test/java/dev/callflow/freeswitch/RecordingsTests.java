package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.RecordingId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordingsTests {

  private final LegFixture leg = new LegFixture();
  private final Recordings recordings =
      new Recordings(leg.applications, leg.events, leg.sounds, SwitchText.GUARDED);

  @Test
  void aRecordingIsLimitedByTimeAndSilence() {
    record();

    assertThat(leg.requests()).containsExactly("record /tmp/ann.wav 10 200 5");
  }

  @Test
  void aKeyEndsARecording() {
    record();

    assertThat(leg.settings()).contains("set playback_terminators=any");
  }

  @Test
  void theLengthOfARecordingComesFromFreeSwitch() {
    String uuid = record();

    recordings.applicationEnded(uuid, LegFixture.event("variable_record_ms: 7200"));

    assertThat(leg.published()).containsExactly(ended(uuid, 7_200));
  }

  @Test
  void aRecordingOfSilenceIsEmpty() {
    String uuid = record();

    recordings.applicationEnded(uuid, LegFixture.event("variable_record_ms: 5250"));

    assertThat(leg.published()).containsExactly(ended(uuid, 0));
  }

  @Test
  void aShortRecordingEndedByAKeyCounts() {
    String uuid = record();

    recordings.applicationEnded(
        uuid,
        LegFixture.event("variable_record_ms: 400", "variable_playback_terminator_used: %23"));

    assertThat(leg.published()).containsExactly(ended(uuid, 400));
  }

  @Test
  void aRecordingEndedByAHangupIsEmpty() {
    String uuid = record();
    leg.events.hangupReported();

    recordings.applicationEnded(uuid, LegFixture.event("variable_record_ms: 7200"));

    assertThat(leg.published()).containsExactly(ended(uuid, 0));
  }

  @Test
  void anotherApplicationEndsNoRecording() {
    record();

    assertThat(recordings.applicationEnded("another", LegFixture.event("a: b"))).isFalse();
    assertThat(leg.published()).isEmpty();
  }

  private String record() {
    return recordings.record("ann", Duration.ofSeconds(10)).value();
  }

  private static LegEvent ended(String recording, long millis) {
    return new LegEvent.RecordingEnded(new RecordingId(recording), millis);
  }
}

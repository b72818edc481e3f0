package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.RecordingId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordingsTests {

  private final LegBed leg = new LegBed();
  private final Recordings recordings =
      new Recordings(leg.applications, leg.events, leg.sounds, SwitchText.GUARDED);

  @Test
  void aRecordingEndsByAKeyBySilenceOrAtItsLongestTime() {
    record();

    assertThat(leg.asked()).containsExactly("record /tmp/ann.wav 10 200 5");
  }

  @Test
  void aKeyEndsARecording() {
    record();

    assertThat(leg.settings()).contains("set playback_terminators=any");
  }

  @Test
  void aRecordingIsAsLongAsFreeSwitchSays() {
    String uuid = record();

    recordings.applicationEnded(uuid, LegBed.event("variable_record_ms: 7200"));

    assertThat(leg.published()).containsExactly(ended(uuid, 7_200));
  }

  @Test
  void aRecordingOfNothingButTheSilenceThatEndsItIsEmpty() {
    String uuid = record();

    recordings.applicationEnded(uuid, LegBed.event("variable_record_ms: 5250"));

    assertThat(leg.published()).containsExactly(ended(uuid, 0));
  }

  @Test
  void aShortRecordingThatAKeyHasEndedCounts() {
    String uuid = record();

    recordings.applicationEnded(
        uuid, LegBed.event("variable_record_ms: 400", "variable_playback_terminator_used: %23"));

    assertThat(leg.published()).containsExactly(ended(uuid, 400));
  }

  @Test
  void aRecordingOfALegThatHasHungUpIsEmpty() {
    String uuid = record();
    leg.events.hangupReported();

    recordings.applicationEnded(uuid, LegBed.event("variable_record_ms: 7200"));

    assertThat(leg.published()).containsExactly(ended(uuid, 0));
  }

  @Test
  void anApplicationThatIsNoRecordingEndsNone() {
    record();

    assertThat(recordings.applicationEnded("another", LegBed.event("a: b"))).isFalse();
    assertThat(leg.published()).isEmpty();
  }

  private String record() {
    return recordings.record("ann", Duration.ofSeconds(10)).value();
  }

  private static LegEvent ended(String recording, long millis) {
    return new LegEvent.RecordingEnded(new RecordingId(recording), millis);
  }
}

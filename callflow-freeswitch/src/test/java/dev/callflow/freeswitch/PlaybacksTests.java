package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.KeyPolicy;
import dev.callflow.core.call.LegEvent;
import dev.callflow.core.call.Media;
import dev.callflow.core.call.PlayResult;
import dev.callflow.core.call.PlaybackId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlaybacksTests {

  private static final Media WELCOME = new Media.Prompt("conf-welcome");
  private static final Media DENIED = new Media.Prompt("conf-denied");
  private static final Media MUSIC = new Media.HoldMusic();

  private final LegBed leg = new LegBed();
  private final Playbacks playbacks =
      new Playbacks(leg.applications, leg.events, leg.sounds, SwitchText.GUARDED, () -> leg.now);

  private String play(Media media, KeyPolicy keys, boolean endless) {
    return playbacks.play(media, keys, endless).value();
  }

  @Test
  void thePlaybackEndsWithItsApplication() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);

    assertThat(playbacks.applicationEnded(uuid, "FILE PLAYED")).isTrue();
    assertThat(leg.published()).containsExactly(ended(uuid, PlayResult.PLAYED));
  }

  @Test
  void anApplicationThatIsNoPlaybackEndsNone() {
    play(WELCOME, KeyPolicy.WAIT, false);

    assertThat(playbacks.applicationEnded("another", "FILE PLAYED")).isFalse();
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void whatKeysDoIsSetOnlyWhenItChanges() {
    play(WELCOME, KeyPolicy.INTERRUPT, false);
    assertThat(leg.settings())
        .containsExactly("set digits_dialed_filter=.+", "set playback_terminators=any");

    play(WELCOME, KeyPolicy.INTERRUPT, false);
    assertThat(leg.settings()).isEmpty();

    play(WELCOME, KeyPolicy.WAIT, false);
    assertThat(leg.settings()).containsExactly("set playback_terminators=none");
  }

  @Test
  void musicIsPlayedInPiecesAgainAndAgain() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    assertThat(leg.settings()).contains("set playback_timeout_sec=30");
    leg.passes(Duration.ofSeconds(30));

    playbacks.applicationEnded(first, "FILE PLAYED");

    assertThat(leg.asked()).containsExactly("playback local_stream://moh");
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void musicThatEndsAtOnceIsNotPlayedAgain() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.passes(Duration.ofMillis(500));

    playbacks.applicationEnded(first, "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.PLAYED));
  }

  @Test
  void musicIsNotPlayedAgainToALegThatHasHungUp() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.passes(Duration.ofSeconds(30));
    leg.events.hangupReported();

    playbacks.applicationEnded(first, "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.PLAYED));
  }

  @Test
  void musicThatHasBegunAgainIsStoppedByTheIdThatItHadAtFirst() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.passes(Duration.ofSeconds(30));
    playbacks.applicationEnded(first, "FILE PLAYED");
    String second = "app-5";
    leg.applications.started(second);
    leg.asked();

    playbacks.stop(new PlaybackId(first));
    assertThat(leg.asked()).containsExactly("api uuid_break leg-1", "playback silence_stream://20");
    leg.passes(Duration.ofSeconds(1));
    playbacks.applicationEnded(second, "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.INTERRUPTED));
  }

  @Test
  void aPlaybackThatIsStoppedBeforeItBeginsIsBrokenOffWhenItDoes() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);
    leg.asked();

    playbacks.stop(new PlaybackId(uuid));
    assertThat(leg.asked()).isEmpty();
    leg.applications.started(uuid);

    assertThat(leg.asked()).containsExactly("api uuid_break leg-1", "playback silence_stream://20");
  }

  @Test
  void aFileThatIsNotThereIsReplacedByAStockSoundOfFreeSwitch() {
    String uuid = play(DENIED, KeyPolicy.WAIT, false);
    leg.asked();

    playbacks.applicationEnded(uuid, "FILE NOT FOUND");

    assertThat(leg.asked()).containsExactly("playback ivr/ivr-access_denied.wav");
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void aPlaybackWithNeitherFileIsMissing() {
    String uuid = play(DENIED, KeyPolicy.WAIT, false);
    playbacks.applicationEnded(uuid, "FILE NOT FOUND");

    playbacks.applicationEnded("app-4", "FILE NOT FOUND");

    assertThat(leg.published()).containsExactly(ended(uuid, PlayResult.MISSING));
  }

  @Test
  void aKeyBeforeThePromptBeginsEndsThePromptWhenItDoes() {
    String uuid = play(WELCOME, KeyPolicy.INTERRUPT, false);
    leg.asked();

    playbacks.keyPressed();
    leg.applications.started(uuid);

    assertThat(leg.asked()).contains("api uuid_break leg-1");
  }

  @Test
  void aKeyDoesNotBreakOffWhatFreeSwitchEndsByItself() {
    String uuid = play(WELCOME, KeyPolicy.INTERRUPT, false);
    leg.applications.started(uuid);
    leg.asked();

    playbacks.keyPressed();

    assertThat(leg.asked()).isEmpty();
  }

  @Test
  void aKeyDoesNotEndWhatIsPlayedToItsEnd() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);
    leg.asked();

    playbacks.keyPressed();
    leg.applications.started(uuid);

    assertThat(leg.asked()).isEmpty();
  }

  @Test
  void aTextIsSpokenByFliteUnlessAnEngineIsNamed() {
    playbacks.speak("Good morning", "", "", KeyPolicy.WAIT);
    assertThat(leg.asked()).containsExactly("speak flite|kal|Good morning");

    playbacks.speak("Good morning", "anna", "unimrcp", KeyPolicy.WAIT);
    assertThat(leg.asked()).containsExactly("speak unimrcp|anna|Good morning");
  }

  private static LegEvent ended(String playback, PlayResult result) {
    return new LegEvent.PlaybackEnded(new PlaybackId(playback), result);
  }
}

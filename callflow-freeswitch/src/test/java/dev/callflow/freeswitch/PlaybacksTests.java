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

  private final LegFixture leg = new LegFixture();
  private final Playbacks playbacks =
      new Playbacks(leg.applications, leg.events, leg.sounds, SwitchText.GUARDED, () -> leg.now);

  private String play(Media media, KeyPolicy keys, boolean endless) {
    return playbacks.play(media, keys, endless).value();
  }

  @Test
  void aPlaybackEndsWithItsApplication() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);

    assertThat(playbacks.applicationEnded(uuid, "FILE PLAYED")).isTrue();
    assertThat(leg.published()).containsExactly(ended(uuid, PlayResult.PLAYED));
  }

  @Test
  void anotherApplicationEndsNoPlayback() {
    play(WELCOME, KeyPolicy.WAIT, false);

    assertThat(playbacks.applicationEnded("another", "FILE PLAYED")).isFalse();
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void theEffectOfKeysIsSetOnlyWhenItChanges() {
    play(WELCOME, KeyPolicy.INTERRUPT, false);
    assertThat(leg.settings())
        .containsExactly("set digits_dialed_filter=.+", "set playback_terminators=any");

    play(WELCOME, KeyPolicy.INTERRUPT, false);
    assertThat(leg.settings()).isEmpty();

    play(WELCOME, KeyPolicy.WAIT, false);
    assertThat(leg.settings()).containsExactly("set playback_terminators=none");
  }

  @Test
  void endlessMusicIsRepeatedInPieces() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    assertThat(leg.settings()).contains("set playback_timeout_sec=30");
    leg.advance(Duration.ofSeconds(30));

    playbacks.applicationEnded(first, "FILE PLAYED");

    assertThat(leg.requests()).containsExactly("playback local_stream://moh");
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void musicThatEndsAtOnceIsRepeatedAfterASecond() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.requests();
    leg.advance(Duration.ofMillis(1));

    playbacks.applicationEnded(first, "FILE PLAYED");
    assertThat(leg.requests()).containsExactly("playback silence_stream://1000");
    leg.advance(Duration.ofSeconds(1));
    playbacks.applicationEnded("app-5", "FILE PLAYED");

    assertThat(leg.requests()).containsExactly("playback local_stream://moh");
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void musicEndsIfNotEvenThePauseCanBePlayed() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    playbacks.applicationEnded(first, "FILE PLAYED");

    playbacks.applicationEnded("app-5", "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.PLAYED));
  }

  @Test
  void musicCanBeStoppedDuringThePause() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    playbacks.applicationEnded(first, "FILE PLAYED");
    leg.applications.started("app-5");
    leg.requests();

    playbacks.stop(new PlaybackId(first));
    playbacks.applicationEnded("app-5", "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.INTERRUPTED));
  }

  @Test
  void musicIsNotRepeatedAfterAHangup() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.advance(Duration.ofSeconds(30));
    leg.events.hangupReported();

    playbacks.applicationEnded(first, "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.PLAYED));
  }

  @Test
  void repeatedMusicIsStoppedByItsFirstId() {
    String first = play(MUSIC, KeyPolicy.WAIT, true);
    leg.advance(Duration.ofSeconds(30));
    playbacks.applicationEnded(first, "FILE PLAYED");
    String second = "app-5";
    leg.applications.started(second);
    leg.requests();

    playbacks.stop(new PlaybackId(first));
    assertThat(leg.requests())
        .containsExactly("api uuid_break leg-1", "playback silence_stream://20");
    leg.advance(Duration.ofSeconds(1));
    playbacks.applicationEnded(second, "FILE PLAYED");

    assertThat(leg.published()).containsExactly(ended(first, PlayResult.INTERRUPTED));
  }

  @Test
  void aPlaybackStoppedBeforeItsStartIsStoppedWhenItStarts() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);
    leg.requests();

    playbacks.stop(new PlaybackId(uuid));
    assertThat(leg.requests()).isEmpty();
    leg.applications.started(uuid);

    assertThat(leg.requests())
        .containsExactly("api uuid_break leg-1", "playback silence_stream://20");
  }

  @Test
  void aMissingFileIsReplacedByItsFallback() {
    String uuid = play(DENIED, KeyPolicy.WAIT, false);
    leg.requests();

    playbacks.applicationEnded(uuid, "FILE NOT FOUND");

    assertThat(leg.requests()).containsExactly("playback ivr/ivr-access_denied.wav");
    assertThat(leg.published()).isEmpty();
  }

  @Test
  void aPlaybackWhoseFallbackIsMissingTooIsMissing() {
    String uuid = play(DENIED, KeyPolicy.WAIT, false);
    playbacks.applicationEnded(uuid, "FILE NOT FOUND");

    playbacks.applicationEnded("app-4", "FILE NOT FOUND");

    assertThat(leg.published()).containsExactly(ended(uuid, PlayResult.MISSING));
  }

  @Test
  void aKeyBeforeThePromptStopsThePromptWhenItStarts() {
    String uuid = play(WELCOME, KeyPolicy.INTERRUPT, false);
    leg.requests();

    playbacks.keyPressed();
    leg.applications.started(uuid);

    assertThat(leg.requests()).contains("api uuid_break leg-1");
  }

  @Test
  void aKeyDuringThePromptIsLeftToFreeSwitch() {
    String uuid = play(WELCOME, KeyPolicy.INTERRUPT, false);
    leg.applications.started(uuid);
    leg.requests();

    playbacks.keyPressed();

    assertThat(leg.requests()).isEmpty();
  }

  @Test
  void aKeyDoesNotStopAPromptThatPlaysToItsEnd() {
    String uuid = play(WELCOME, KeyPolicy.WAIT, false);
    leg.requests();

    playbacks.keyPressed();
    leg.applications.started(uuid);

    assertThat(leg.requests()).isEmpty();
  }

  @Test
  void fliteIsTheDefaultSpeechEngine() {
    playbacks.speak("Good morning", "", "", KeyPolicy.WAIT);
    assertThat(leg.requests()).containsExactly("speak flite|kal|Good morning");

    playbacks.speak("Good morning", "anna", "unimrcp", KeyPolicy.WAIT);
    assertThat(leg.requests()).containsExactly("speak unimrcp|anna|Good morning");
  }

  private static LegEvent ended(String playback, PlayResult result) {
    return new LegEvent.PlaybackEnded(new PlaybackId(playback), result);
  }
}

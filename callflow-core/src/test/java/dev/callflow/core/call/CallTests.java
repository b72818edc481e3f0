package dev.callflow.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.time.SteppedTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys, prompts and waiting. Every prompt lasts three seconds. */
class CallTests {

  private static final Media HELLO = new Media.Prompt("hello");
  private static final Media FOREVER = new Media.Prompt("forever");

  private final SteppedTime time = new SteppedTime();
  private final ScriptedLeg leg = new ScriptedLeg(time);
  private final Call call =
      new Call(
          leg,
          new AccountId("acme"),
          new IncomingCall("1", "555", "Ann", Optional.empty(), Map.of()),
          time);

  @Test
  void aCallIsAnsweredOnce() {
    call.answer();
    call.answer();

    assertThat(leg.commands()).containsExactly("answer");
  }

  @Test
  void aPromptIsPlayedToItsEnd() {
    assertThat(call.play(HELLO, KeyPolicy.WAIT)).isEqualTo(PlayResult.PLAYED);
    assertThat(time.passed()).isEqualTo(ScriptedLeg.PLAY_LENGTH);
  }

  @Test
  void aKeyInterruptsAPromptAndIsKeptForTheNextPrompt() {
    leg.press(Duration.ofSeconds(1), "7");

    assertThat(call.play(HELLO, KeyPolicy.INTERRUPT)).isEqualTo(PlayResult.INTERRUPTED);

    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(call.nextKey(Duration.ZERO)).contains('7');
  }

  @Test
  void aKeyDoesNotInterruptAPromptWithThePolicyWait() {
    leg.press(Duration.ofSeconds(1), "7");

    assertThat(call.play(HELLO, KeyPolicy.WAIT)).isEqualTo(PlayResult.PLAYED);
    assertThat(call.nextKey(Duration.ZERO)).contains('7');
  }

  @Test
  void aPromptIsNotPlayedToACallerWhoTypedAhead() {
    leg.press(Duration.ofSeconds(1), "7");
    call.sleep(Duration.ofSeconds(2));

    assertThat(call.play(HELLO, KeyPolicy.INTERRUPT)).isEqualTo(PlayResult.INTERRUPTED);
    assertThat(leg.commands()).isEmpty();
  }

  @Test
  void aPlaybackThatNeverEndsIsStoppedAfterTwoHours() {
    assertThat(call.play(FOREVER, KeyPolicy.WAIT)).isEqualTo(PlayResult.INTERRUPTED);

    assertThat(leg.commands()).containsExactly("play forever", "stop p1");
    assertThat(time.passed()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void theEndOfAnEarlierPlaybackDoesNotEndALaterOne() {
    leg.press(Duration.ofSeconds(1), "7");
    call.play(HELLO, KeyPolicy.INTERRUPT);
    call.discardDigits();

    assertThat(call.play(HELLO, KeyPolicy.WAIT)).isEqualTo(PlayResult.PLAYED);
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void digitsAreCollectedUntilTheEntryIsComplete() {
    leg.press(Duration.ofSeconds(1), "1234");

    assertThat(collect(3)).isEqualTo("123");
    assertThat(call.nextKey(Duration.ZERO)).contains('4');
  }

  @Test
  void theHashEndsAnEntryAndIsNotPartOfIt() {
    leg.press(Duration.ofSeconds(1), "12#3");

    assertThat(collect(4)).isEqualTo("12");
    assertThat(leg.consumedKeys()).containsExactly("12#");
  }

  @Test
  void theTimeoutForTheFirstDigitStartsWhenThePromptEnds() {
    leg.press(Duration.ofSeconds(12), "1");

    assertThat(call.collect(HELLO, 1, Duration.ofSeconds(10), Duration.ofSeconds(2)).value())
        .isEqualTo("1");
  }

  @Test
  void anEntryEndsWhenTheNextDigitTakesTooLong() {
    leg.press(Duration.ofSeconds(1), "1").press(Duration.ofSeconds(4), "2");

    assertThat(collect(4)).isEqualTo("1");
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void anEntryIsEmptyIfNoKeyIsPressedBeforeTheTimeout() {
    assertThat(collect(4)).isEmpty();
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theKeysOfASecretEntryAreHiddenFromTheLeg() {
    leg.press(Duration.ofSeconds(1), "4711#");

    assertThat(call.collectSecret(null, 8, Duration.ofSeconds(10), Duration.ofSeconds(2)).value())
        .isEqualTo("4711");
    assertThat(leg.consumedKeys()).containsExactly("????#");
  }

  @Test
  void discardedKeysAreReportedAsHidden() {
    leg.press(Duration.ofSeconds(1), "47");
    call.sleep(Duration.ofSeconds(2));

    call.discardDigits();

    assertThat(call.nextKey(Duration.ofSeconds(1))).isEmpty();
    assertThat(leg.consumedKeys()).containsExactly("??");
  }

  @Test
  void atMost64KeysAreKeptForALaterPrompt() {
    leg.press(Duration.ofSeconds(1), "1".repeat(64) + "22");
    call.sleep(Duration.ofSeconds(2));

    assertThat(call.collect(null, 100, Duration.ofSeconds(1), Duration.ofSeconds(1)).value())
        .isEqualTo("1".repeat(64));
  }

  @Test
  void operationsThrowWhenTheCallEndsAndAfterwards() {
    leg.callerHangsUp(Duration.ofSeconds(1));

    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(() -> call.play(HELLO, KeyPolicy.WAIT))
        .matches(end -> end.by() == EndedBy.CALLER);
    assertThatExceptionOfType(CallEndedException.class).isThrownBy(call::answer);
    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(() -> call.sleep(Duration.ofSeconds(1)));
  }

  @Test
  void interruptingTheThreadEndsTheCallAndKeepsTheInterruptStatus() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CallEndedException.class)
        .isThrownBy(() -> call.sleep(Duration.ofSeconds(1)))
        .matches(end -> end.by() == EndedBy.ENGINE);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRecordingThatNeverEndsIsAbandonedFiveSecondsAfterItsMaximumLength() {
    assertThat(call.record("ann", Duration.ofSeconds(10))).isZero();
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void keptKeysAreReturnedBeforeOtherEvents() {
    leg.press(Duration.ofSeconds(1), "5");
    call.sleep(Duration.ofSeconds(2));

    assertThat(call.next(Duration.ZERO)).contains(new LegEvent.Dtmf('5'));
    assertThat(call.next(Duration.ofSeconds(1))).isEmpty();
  }

  private String collect(int max) {
    return call.collect(null, max, Duration.ofSeconds(10), Duration.ofSeconds(2)).value();
  }
}

package dev.callflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.Application;
import dev.callflow.simulator.model.ChannelState;
import dev.callflow.simulator.model.Execution;
import dev.callflow.simulator.model.FarEnd;
import dev.callflow.simulator.model.SwitchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedSwitchTests {

  private final SwitchFixture fixture = new SwitchFixture(Map.of("song", 10, "beep", 1, "hi", 2));
  private final SimulatedSwitch model = fixture.model;

  @Test
  void aCallArrivesIsAnsweredAndHungUp() throws InterruptedException {
    fixture.arrive("alice");
    fixture.at(1, () -> fixture.execute("alice", "a", new Application.Answer(), true));
    fixture.at(5, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run())
        .containsExactly(
            "0 Arrived alice",
            "1000 ExecutionStarted alice a",
            "1000 Answered alice",
            "1000 ExecutionEnded alice a _none_",
            "5000 HungUp alice CALLER",
            "5000 Gone alice CALLER");
  }

  @Test
  void lockedApplicationsRunStrictlyOneAfterTheOther() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "", true);
    fixture.play("alice", "2", "beep", "", true);

    assertThat(fixture.run())
        .containsExactly(
            "0 Arrived alice",
            "0 EarlyMedia alice",
            "0 ExecutionStarted alice 1",
            "0 PlaybackStarted alice song",
            "10000 PlaybackEnded alice song done",
            "10000 ExecutionEnded alice 1 FILE PLAYED",
            "10000 ExecutionStarted alice 2",
            "10000 PlaybackStarted alice beep",
            "11000 PlaybackEnded alice beep done",
            "11000 ExecutionEnded alice 2 FILE PLAYED");
  }

  @Test
  void unlockedApplicationsNestAndTheOuterOneResumesAfterwards() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "outer", "song", "", false);
    fixture.at(4, () -> fixture.play("alice", "inner", "beep", "", false));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("Playback"))
        .containsExactly(
            "0 PlaybackStarted alice song",
            "4000 PlaybackStarted alice beep",
            "5000 PlaybackEnded alice beep done",
            "11000 PlaybackEnded alice song done");
  }

  @Test
  void aQueuedHangupWaitsForALockedApplicationAndEarlierQueueEntries() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "", true);
    fixture.at(1, () -> fixture.play("alice", "2", "beep", "", true));
    fixture.at(2, () -> model.hangUpInTurn("alice", HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run())
        .endsWith(
            "11000 PlaybackEnded alice beep done",
            "11000 ExecutionEnded alice 2 FILE PLAYED",
            "11000 HungUp alice ENGINE",
            "11000 Gone alice ENGINE");
  }

  @Test
  void aQueuedHangupDoesNotWaitForAnUnlockedApplication() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "", false);
    fixture.at(2, () -> model.hangUpInTurn("alice", HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run())
        .endsWith(
            "2000 HungUp alice ENGINE",
            "2000 PlaybackEnded alice song done",
            "2000 ExecutionEnded alice 1 FILE PLAYED",
            "2000 Gone alice ENGINE");
  }

  @Test
  void aLoopingApplicationRunsAgainUnderTheSameId() throws InterruptedException {
    fixture.arrive("alice");
    fixture.loop("alice", "1", "hi", 2);

    assertThat(fixture.run())
        .containsExactly(
            "0 Arrived alice",
            "0 EarlyMedia alice",
            "0 ExecutionStarted alice 1",
            "0 PlaybackStarted alice hi",
            "2000 PlaybackEnded alice hi done",
            "2000 ExecutionEnded alice 1 FILE PLAYED",
            "2000 ExecutionStarted alice 1",
            "2000 PlaybackStarted alice hi",
            "4000 PlaybackEnded alice hi done",
            "4000 ExecutionEnded alice 1 FILE PLAYED");
  }

  @Test
  void anApplicationThatTakesNoTimeDoesNotLoop() throws InterruptedException {
    fixture.arrive("alice");
    fixture.loop("alice", "1", "nothing", -1);

    assertThat(fixture.run()).filteredOn(line -> line.contains("ExecutionStarted")).hasSize(1);
  }

  @Test
  void anEndlessLoopEndsWithTheCall() throws InterruptedException {
    fixture.arrive("alice");
    fixture.loop("alice", "1", "hi", -1);
    fixture.at(9, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run()).filteredOn(line -> line.contains("ExecutionStarted")).hasSize(5);
  }

  @Test
  void onlyATerminatorEndsAPlaybackButEveryKeyIsReported() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "#", true);
    fixture.at(2, () -> model.press("alice", '1'));
    fixture.at(3, () -> model.press("alice", '#'));

    assertThat(fixture.run())
        .containsSubsequence(
            "2000 KeyPressed alice",
            "3000 KeyPressed alice",
            "3000 PlaybackEnded alice song break",
            "3000 ExecutionEnded alice 1 FILE PLAYED");
  }

  @Test
  void aMissingFileEndsAtOnce() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "nothing", "", true);

    assertThat(fixture.run())
        .containsExactly(
            "0 Arrived alice",
            "0 EarlyMedia alice",
            "0 ExecutionStarted alice 1",
            "0 ExecutionEnded alice 1 FILE NOT FOUND");
  }

  @Test
  void aPlaybackOfSeveralFilesLastsForTheirTotalLength() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song!nothing!beep", "", true);

    assertThat(fixture.run()).contains("11000 ExecutionEnded alice 1 FILE PLAYED");
  }

  @Test
  void anEndlessPlaybackLastsUntilItIsStopped() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "1", new Application.Playback("song", "", true), true);
    fixture.at(600, () -> model.stop("alice", "1"));

    assertThat(fixture.run())
        .contains(
            "600000 PlaybackEnded alice song break", "600000 ExecutionEnded alice 1 FILE PLAYED");
  }

  @Test
  void aQueuedPlaybackCanBeStopped() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "", true);
    fixture.play("alice", "2", "beep", "", true);
    fixture.at(1, () -> model.stop("alice", "2"));

    assertThat(fixture.run())
        .contains("1000 ExecutionEnded alice 2 _none_")
        .doesNotContain("10000 ExecutionStarted alice 2");
  }

  @Test
  void hangingUpEndsTheRunningApplications() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "socket", new Application.External(true), false);
    fixture.play("alice", "1", "song", "", true);
    fixture.at(1, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run())
        .endsWith(
            "1000 HungUp alice CALLER",
            "1000 PlaybackEnded alice song done",
            "1000 ExecutionEnded alice 1 PLAYBACK ERROR",
            "1000 ExecutionEnded alice socket PLAYBACK ERROR",
            "1000 Gone alice CALLER");
  }

  @Test
  void aChannelWhoseThreadIsOccupiedIsGoneOnlyWhenTheThreadReturns() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "socket", new Application.External(false), false);
    fixture.play("alice", "1", "song", "", true);
    fixture.at(1, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
    fixture.at(2, () -> assertThat(model.channel("alice")).isPresent());
    fixture.at(3, () -> model.finish("alice", "socket", "_none_"));

    assertThat(fixture.run())
        .endsWith(
            "1000 HungUp alice CALLER",
            "1000 PlaybackEnded alice song done",
            "1000 ExecutionEnded alice 1 PLAYBACK ERROR",
            "3000 ExecutionEnded alice socket PLAYBACK ERROR",
            "3000 Gone alice CALLER");
    assertThat(model.channel("alice")).isEmpty();
  }

  @Test
  void aHangupDoesNotWaitForAnApplicationThatWasAskedToFinish() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "socket", new Application.External(false), false);
    fixture.play("alice", "1", "song", "", true);
    fixture.at(1, () -> model.finish("alice", "socket", "_none_"));
    fixture.at(2, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run()).endsWith("2000 Gone alice CALLER");
  }

  @Test
  void theCallbackRunsOnceWhenTheExecutionHasEndedForGood() throws InterruptedException {
    List<String> ended = new ArrayList<>();
    fixture.arrive("alice");
    Application song = new Application.Playback("song", "", false);
    model.execute(
        "alice", new Execution("1", "app", "", song, true, 2), () -> ended.add("played twice"));
    model.execute(
        "alice", new Execution("2", "app", "", song, true), () -> ended.add("never started"));
    fixture.at(4, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));
    fixture.at(
        5,
        () ->
            model.execute(
                "alice", new Execution("3", "app", "", song, true), () -> ended.add("no channel")));
    fixture.run();

    assertThat(ended).containsExactlyInAnyOrder("played twice", "never started", "no channel");
  }

  @Test
  void aTransferEndsTheRunningApplicationsAndKeepsTheChannel() throws InterruptedException {
    fixture.arrive("alice");
    fixture.play("alice", "1", "song", "", true);
    fixture.at(1, () -> model.transfer("alice", "4711"));

    assertThat(fixture.run())
        .endsWith("1000 ExecutionEnded alice 1 PLAYBACK ERROR", "1000 Transferred alice 4711");
    assertThat(model.channel("alice"))
        .hasValueSatisfying(channel -> assertThat(channel.destination()).isEqualTo("4711"));
  }

  @Test
  void digitsAreCollectedUntilTheTerminator() throws InterruptedException {
    collect("alice", "hi");
    fixture.at(1, () -> model.press("alice", '4'));
    fixture.at(2, () -> model.press("alice", '7'));
    fixture.at(3, () -> model.press("alice", '#'));

    assertThat(fixture.run())
        .contains("1000 PlaybackEnded alice hi break", "3000 ExecutionEnded alice q _none_");
    assertThat(model.channel("alice").orElseThrow().variable("pin")).contains("47");
  }

  @Test
  void withoutDigitsCollectingEndsAfterThePromptAndTheFirstDigitTimeout()
      throws InterruptedException {
    collect("alice", "hi");

    assertThat(fixture.run()).contains("7000 ExecutionEnded alice q _none_");
    assertThat(model.channel("alice").orElseThrow().variable("pin")).isEmpty();
  }

  @Test
  void collectingWithAMissingPromptEndsAtOnce() throws InterruptedException {
    collect("alice", "nothing");

    assertThat(fixture.run()).contains("0 ExecutionEnded alice q _none_");
  }

  private void collect(String channel, String prompt) {
    fixture.arrive(channel);
    Duration five = Duration.ofSeconds(5);
    fixture.execute(
        channel,
        "q",
        Application.Collect.once(prompt, 4, "#", five, Duration.ofSeconds(2), "pin"),
        true);
  }

  @Test
  void aRecordingEndsAfterSilenceAndCanBePlayed() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute(
        "alice",
        "r",
        new Application.Record("/name.wav", "#", Duration.ofSeconds(60), Duration.ofSeconds(5)),
        true);
    fixture.at(1, () -> model.talk("alice", Duration.ofSeconds(2)));
    fixture.play("alice", "p", "/name.wav", "", true);

    assertThat(fixture.run())
        .contains(
            "8000 RecordEnded alice /name.wav 8000 voice",
            "16000 PlaybackEnded alice /name.wav done");
  }

  @Test
  void aDialledPartyAnswersRefusesOrTimesOut() throws InterruptedException {
    Duration timeout = Duration.ofSeconds(20);
    model.dial(SwitchFixture.channel("a"), new FarEnd.Answers(Duration.ofSeconds(3)), timeout);
    model.dial(SwitchFixture.channel("b"), new FarEnd.Refuses(HangupCause.USER_BUSY), timeout);
    model.dial(SwitchFixture.channel("c"), new FarEnd.NeverAnswers(), timeout);

    assertThat(fixture.run())
        .contains("3000 Answered a", "0 HungUp b CALLEE", "20000 HungUp c SWITCH");
  }

  @Test
  void aPartyThatHasAnsweredDoesNotTimeOut() throws InterruptedException {
    model.dial(SwitchFixture.channel("a"), new FarEnd.NeverAnswers(), Duration.ofSeconds(20));
    fixture.at(3, () -> model.answer("a"));

    assertThat(fixture.run()).contains("3000 Answered a").noneMatch(it -> it.contains("HungUp a"));
  }

  @Test
  void variablesAreSetAndUnset() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "1", new Application.Assign(Map.of("a", "1", "b", "2")), true);
    fixture.execute("alice", "2", new Application.Assign(Map.of("a", "")), true);
    fixture.run();

    assertThat(model.channel("alice").orElseThrow().variables()).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void aUuidCannotBeUsedTwice() {
    fixture.arrive("alice");

    assertThatThrownBy(() -> fixture.arrive("alice")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commandsToMissingChannelsHaveNoEffect() throws InterruptedException {
    model.press("nobody", '1');
    model.hangUp("nobody", EndedBy.ENGINE, HangupCause.NORMAL_CLEARING);

    assertThat(fixture.run()).isEqualTo(List.of());
  }

  // ---- early media

  @Test
  void preAnswerStartsEarlyMediaOnce() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "1", new Application.PreAnswer(), true);
    fixture.execute("alice", "2", new Application.PreAnswer(), true);
    fixture.execute("alice", "3", new Application.Ring(), true);
    fixture.execute("alice", "4", new Application.Answer(), true);
    fixture.execute("alice", "5", new Application.PreAnswer(), true);

    assertThat(fixture.run())
        .filteredOn(line -> !line.contains("Execution"))
        .containsExactly("0 Arrived alice", "0 EarlyMedia alice", "0 Answered alice");
  }

  @Test
  void applicationsThatNeedNoMediaDoNotStartEarlyMedia() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "1", new Application.Sleep(Duration.ofSeconds(1)), true);
    fixture.execute("alice", "2", new Application.Assign(Map.of("a", "b")), true);
    fixture.execute("alice", "3", new Application.Ring(), true);

    assertThat(fixture.run()).noneMatch(line -> line.contains("EarlyMedia"));
    assertThat(model.channel("alice").orElseThrow().phase()).isEqualTo(ChannelState.Phase.RINGING);
  }

  // ---- delays

  @Test
  void withoutDelaysMessagesArriveAtOnce() throws InterruptedException {
    fixture.arrive("alice");
    fixture.send("alice", "1", new Application.Answer());

    assertThat(fixture.run()).contains("0 ExecutionStarted alice 1");
  }

  @Test
  void delayedMessagesArriveInOrder() throws InterruptedException {
    SwitchFixture slow = SwitchFixture.delayed(40, 0, 15);
    slow.arrive("alice");
    slow.send("alice", "1", new Application.Answer());
    slow.send("alice", "2", new Application.Assign(Map.of("a", "b")));
    slow.send("alice", "3", new Application.Assign(Map.of("a", "c")));

    assertThat(slow.run())
        .filteredOn(line -> line.contains("ExecutionStarted"))
        .containsExactly(
            "40 ExecutionStarted alice 1",
            "40 ExecutionStarted alice 2",
            "40 ExecutionStarted alice 3");
  }

  @Test
  void aHangupOvertakesADelayedMessage() throws InterruptedException {
    SwitchFixture slow = SwitchFixture.delayed(40);
    slow.arrive("alice");
    slow.send("alice", "1", new Application.Answer());
    slow.model.hangUp("alice", EndedBy.CALLER, HangupCause.ORIGINATOR_CANCEL);

    assertThat(slow.run())
        .containsExactly("0 Arrived alice", "0 HungUp alice CALLER", "0 Gone alice CALLER");
  }

  @Test
  void anApplicationCanBeStoppedBeforeItsMessageArrives() throws InterruptedException {
    SwitchFixture slow = SwitchFixture.delayed(40, 40);
    slow.arrive("alice");
    slow.send("alice", "1", new Application.Sleep(Duration.ofSeconds(9)));
    slow.send("alice", "2", new Application.Answer());
    slow.model.stop("alice", "1");

    assertThat(slow.run())
        .containsExactly(
            "0 Arrived alice",
            "0 ExecutionEnded alice 1 _none_",
            "40 ExecutionStarted alice 2",
            "40 Answered alice",
            "40 ExecutionEnded alice 2 _none_");
  }

  @Test
  void seededDelaysAreAtMost40Milliseconds() {
    SwitchSettings settings = SwitchSettings.seeded(1, file -> Optional.empty()).delayed(1);
    SwitchSettings same = SwitchSettings.seeded(2, file -> Optional.empty()).delayed(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(settings.delays().get())
          .isEqualTo(same.delays().get())
          .isBetween(Duration.ZERO, Duration.ofMillis(40));
    }
  }
}

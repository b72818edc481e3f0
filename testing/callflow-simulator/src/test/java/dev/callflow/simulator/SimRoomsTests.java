package dev.callflow.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.core.call.EndedBy;
import dev.callflow.core.call.HangupCause;
import dev.callflow.simulator.model.MemberState;
import dev.callflow.simulator.model.Relation;
import dev.callflow.simulator.model.RoomReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SimRoomsTests {

  private final SwitchFixture fixture =
      new SwitchFixture(Map.of("enter", 1, "exit", 1, "news", 10));
  private final SimulatedSwitch model = fixture.model;
  private final SimRooms rooms = model.rooms();

  @Test
  void theFirstMemberCreatesTheRoomAndTheLastOneDestroysIt() throws InterruptedException {
    enter("alice");
    fixture.at(5, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run())
        .containsExactly(
            "0 Arrived alice",
            "0 EarlyMedia alice",
            "0 ExecutionStarted alice join1",
            "0 RoomCreated r",
            "0 Answered alice",
            "0 MemberAdded alice of 1",
            "20 FloorChanged alice",
            "5000 HungUp alice CALLER",
            "5000 FloorChanged none",
            "5000 MemberRemoved alice of 0",
            "5000 ExecutionEnded alice join1 _none_",
            "5000 RoomDestroyed r",
            "5000 Gone alice CALLER");
    assertThat(rooms.all()).isEmpty();
  }

  @Test
  void enterSoundsPlayFromTheSecondMemberOnAndExitSoundsWhileMembersRemain()
      throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> enter("bob"));
    fixture.at(5, () -> rooms.kick("r", "bob"));
    fixture.at(9, () -> rooms.kick("r", "alice"));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("RoomPlay"))
        .containsExactly(
            "1000 RoomPlayQueued enter ENTER",
            "2420 RoomPlayEnded enter 1000",
            "5000 RoomPlayQueued exit OWN_EXIT",
            "6420 RoomPlayEnded exit 1000");
  }

  @Test
  void ghostsAreNotCountedAndJoinWithoutASound() throws InterruptedException {
    enter("alice");
    enter("ghost", "ghost");

    assertThat(fixture.run()).noneMatch(line -> line.contains("RoomPlay"));
    assertThat(rooms.find("r"))
        .hasValueSatisfying(room -> {
          assertThat(room.size()).isEqualTo(1);
          assertThat(room.ghosts()).isEqualTo(1);
        });
  }

  @Test
  void aKickedMemberStaysConnectedAndKeepsTheirMemberNumber() throws InterruptedException {
    enter("alice");
    enter("bob");
    fixture.at(1, () -> rooms.kick("r", "bob"));
    fixture.at(2, () -> fixture.join("bob", "other"));

    assertThat(fixture.run())
        .containsSubsequence(
            "1000 MemberChanged bob KICKED",
            "1000 MemberRemoved bob of 1",
            "1000 ExecutionEnded bob join2 _none_");
    assertThat(rooms.members("other")).singleElement().extracting(MemberState::number).isEqualTo(2);
  }

  @Test
  void flagsAreSetOnJoiningAndChangedByCommands() {
    enter("alice", "mute", "moderator");

    assertThat(member("alice")).matches(MemberState::muted).matches(MemberState::moderator);
    rooms.mute("r", "alice", false);
    rooms.deafen("r", "alice", true);
    rooms.energy("r", "alice", 300);
    rooms.volumeIn("r", "alice", -2);

    assertThat(member("alice"))
        .matches(it -> !it.muted())
        .matches(MemberState::deaf)
        .matches(it -> it.energy() == 300)
        .matches(it -> it.volumeIn() == -2);
  }

  @Test
  void mutingAMutedMemberEmitsAnEventToo() throws InterruptedException {
    enter("alice", "mute");
    rooms.mute("r", "alice", true);

    assertThat(fixture.run()).contains("0 MemberChanged alice MUTED");
  }

  @Test
  void commandsReportMissingRoomsMembersAndFiles() {
    enter("alice");

    assertThat(rooms.mute("r", "nobody", true)).isEqualTo(RoomReply.NO_MEMBER);
    assertThat(rooms.mute("none", "alice", true)).isEqualTo(RoomReply.NO_ROOM);
    assertThat(rooms.play("r", "nothing")).isEqualTo(RoomReply.NO_FILE);
    assertThat(rooms.stopRecording("r", "/a.wav")).isEqualTo(RoomReply.REFUSED);
  }

  @Test
  void aLockedRoomRefusesMembers() throws InterruptedException {
    enter("alice");
    rooms.lock("r", true);
    enter("bob");

    assertThat(fixture.run())
        .containsSubsequence("0 JoinRefused bob LOCKED", "0 ExecutionEnded bob join2 _none_");
  }

  @Test
  void theCreatingLegSetsTheMemberLimit() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "a", SwitchFixture.join("r", OptionalInt.of(2)), false);
    enter("bob");
    enter("carol");

    assertThat(fixture.run()).contains("0 JoinRefused carol FULL");
  }

  @Test
  void aLimitOfOneMeansNoLimit() throws InterruptedException {
    fixture.arrive("alice");
    fixture.execute("alice", "a", SwitchFixture.join("r", OptionalInt.of(1)), false);
    enter("bob");

    assertThat(fixture.run()).noneMatch(line -> line.contains("JoinRefused"));
  }

  @Test
  void roomSoundsQueueAndCanBeStopped() throws InterruptedException {
    enter("alice");
    rooms.play("r", "news");
    rooms.play("r", "news");
    fixture.at(4, () -> assertThat(rooms.stop("r", true)).hasValue(2));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("RoomPlay"))
        .containsExactly(
            "0 RoomPlayQueued news COMMAND",
            "0 RoomPlayQueued news COMMAND",
            "4000 RoomPlayEnded news 4000",
            "4000 RoomPlayEnded news 0");
  }

  @Test
  void aSoundForOneMemberEndsAfterItsLength() throws InterruptedException {
    enter("alice");
    rooms.playTo("r", "alice", "news");

    assertThat(fixture.run())
        .containsSubsequence(
            "0 MemberPlayStarted alice of 1", "10020 MemberPlayEnded alice news 10000 of 1");
  }

  @Test
  void theSoundsForAMemberEndBeforeTheMemberLeaves() throws InterruptedException {
    enter("alice");
    enter("bob");
    rooms.playTo("r", "bob", "news");
    rooms.playTo("r", "bob", "enter");
    fixture.at(4, () -> rooms.kick("r", "bob"));

    assertThat(fixture.run())
        .containsSubsequence(
            "4000 MemberChanged bob KICKED",
            "4000 MemberPlayEnded nobody news 4000 of 2",
            "4000 MemberPlayEnded nobody enter 0 of 2",
            "4000 FloorChanged none",
            "4000 MemberRemoved bob of 1");
  }

  @Test
  void aRecordingEndsWithTheRoom() throws InterruptedException {
    enter("alice");
    rooms.startRecording("r", "/a.wav");
    assertThat(rooms.startRecording("r", "/a.wav")).isEqualTo(RoomReply.REFUSED);
    fixture.at(7, () -> rooms.kick("r", "alice"));

    assertThat(fixture.run())
        .containsSubsequence("7000 RoomRecordingStopped /a.wav 7000", "7000 RoomDestroyed r");
  }

  @Test
  void aTalkingMemberGetsTheFloorFromASilentHolder() throws InterruptedException {
    enter("bob");
    enter("alice");
    fixture.at(1, () -> model.talk("bob", Duration.ofSeconds(2)));

    assertThat(fixture.run())
        .containsSubsequence(
            "1000 MemberChanged bob TALKING",
            "1000 FloorChanged bob",
            "3000 MemberChanged bob SILENT");
  }

  @Test
  void aMutedHolderLosesTheFloorToAMemberWhoIsTalking() throws InterruptedException {
    enter("alice");
    enter("bob");
    fixture.at(1, () -> model.talk("bob", Duration.ofSeconds(5)));
    fixture.at(2, () -> model.talk("alice", Duration.ofSeconds(5)));
    fixture.at(3, () -> rooms.mute("r", "bob", true));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("FloorChanged") || line.contains("MemberChanged"))
        .containsExactly(
            "20 FloorChanged bob",
            "1000 MemberChanged bob TALKING",
            "2000 MemberChanged alice TALKING",
            "3000 MemberChanged bob MUTED",
            "3020 FloorChanged alice",
            "7000 MemberChanged alice SILENT");
  }

  @Test
  void aMutedMemberNeverGetsTheFloorByTalking() throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> enter("bob", "mute"));
    fixture.at(2, () -> model.talk("bob", Duration.ofSeconds(5)));
    fixture.at(3, () -> rooms.mute("r", "alice", true));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("FloorChanged"))
        .containsExactly("20 FloorChanged alice");
  }

  @Test
  void aHolderWhoFallsSilentLosesTheFloorToAMemberWhoIsStillTalking() throws InterruptedException {
    enter("alice");
    enter("bob");
    fixture.at(1, () -> model.talk("bob", Duration.ofSeconds(2)));
    fixture.at(2, () -> model.talk("alice", Duration.ofSeconds(5)));

    assertThat(fixture.run())
        .containsSubsequence(
            "3000 MemberChanged bob SILENT",
            "3020 FloorChanged alice",
            "7000 MemberChanged alice SILENT");
  }

  @Test
  void aMemberWhoIsMutedWhileTalkingStartsToTalkAgainWhenUnmuted() throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> model.talk("alice", Duration.ofSeconds(9)));
    fixture.at(2, () -> rooms.mute("r", "alice", true));
    fixture.at(4, () -> rooms.mute("r", "alice", false));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("MemberChanged"))
        .containsExactly(
            "1000 MemberChanged alice TALKING",
            "2000 MemberChanged alice MUTED",
            "4000 MemberChanged alice UNMUTED",
            "4020 MemberChanged alice TALKING",
            "10000 MemberChanged alice SILENT");
  }

  @Test
  void aMemberWhoLeavesWhileTalkingDoesNotStopTalkingFirst() throws InterruptedException {
    enter("alice");
    enter("bob");
    fixture.at(1, () -> model.talk("bob", Duration.ofSeconds(9)));
    fixture.at(2, () -> rooms.kick("r", "bob"));
    fixture.at(3, () -> model.talk("alice", Duration.ofSeconds(9)));
    fixture.at(4, () -> model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(fixture.run()).noneMatch(line -> line.contains("SILENT"));
  }

  @Test
  void aMutedMemberWithMuteDetectIsNoticedAndCanGetTheFloor() throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> enter("bob", "mute", "mute-detect"));
    fixture.at(2, () -> model.talk("bob", Duration.ofSeconds(1)));

    assertThat(fixture.run())
        .containsSubsequence(
            "2000 MemberChanged bob MUTE_DETECTED",
            "2000 FloorChanged bob",
            "3000 MemberChanged bob SILENT");
  }

  @Test
  void aReleasedFloorGoesToTheNewestMemberOneFrameLater() throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> enter("bob"));
    fixture.at(2, () -> rooms.releaseFloor("r"));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("FloorChanged"))
        .containsExactly(
            "20 FloorChanged alice", "2000 FloorChanged none", "2020 FloorChanged bob");
  }

  @Test
  void aHangupOvertakesADelayedKick() throws InterruptedException {
    SwitchFixture slow = SwitchFixture.delayed(40);
    slow.arrive("alice");
    slow.join("alice", "r");
    slow.at(1, () -> slow.model.rooms().kick("r", "alice"));
    slow.at(1, () -> slow.model.hangUp("alice", EndedBy.CALLER, HangupCause.NORMAL_CLEARING));

    assertThat(slow.run())
        .containsSubsequence(
            "1000 MemberChanged alice KICKED",
            "1000 HungUp alice CALLER",
            "1000 MemberRemoved alice of 0",
            "1000 Gone alice CALLER");
  }

  @Test
  void aKickedMemberMayStayForAMoment() throws InterruptedException {
    SwitchFixture slow = SwitchFixture.delayed(30);
    slow.arrive("alice");
    slow.join("alice", "r");
    slow.at(1, () -> slow.model.rooms().kick("r", "alice"));

    assertThat(slow.run())
        .containsSubsequence("1000 MemberChanged alice KICKED", "1030 MemberRemoved alice of 0");
  }

  @Test
  void whenTheHolderLeavesTheFloorGoesToTheNewestMemberOneFrameLater() throws InterruptedException {
    enter("alice");
    fixture.at(1, () -> enter("bob"));
    fixture.at(2, () -> enter("carol"));
    fixture.at(5, () -> rooms.kick("r", "alice"));

    assertThat(fixture.run())
        .filteredOn(line -> line.contains("Floor"))
        .containsExactly(
            "20 FloorChanged alice", "5000 FloorChanged none", "5020 FloorChanged carol");
  }

  @Test
  void membersKickedInOneStepAreAllReportedBeforeTheFirstLeaves() throws InterruptedException {
    enter("alice");
    enter("bob");
    fixture.at(
        5, () -> rooms.inOneStep(() -> List.of(rooms.kick("r", "bob"), rooms.kick("r", "alice"))));

    assertThat(fixture.run())
        .containsSubsequence(
            "5000 MemberChanged bob KICKED",
            "5000 MemberChanged alice KICKED",
            "5000 MemberRemoved bob of 1",
            "5000 MemberRemoved alice of 0");
  }

  @Test
  void aMutedMemberDoesNotTalk() throws InterruptedException {
    enter("alice", "mute");
    model.talk("alice", Duration.ofSeconds(2));

    assertThat(fixture.run()).noneMatch(line -> line.contains("TALKING"));
  }

  @Test
  void anApplicationCanPlayToAMemberWhoStaysInTheRoom() throws InterruptedException {
    enter("alice");
    fixture.play("alice", "p", "news", "", true);

    assertThat(fixture.run()).contains("10000 ExecutionEnded alice p FILE PLAYED");
    assertThat(rooms.members("r")).hasSize(1);
  }

  @Test
  void relationsAreReplacedAndRemovedWithTheMember() {
    enter("alice");
    enter("bob");
    rooms.relate("r", "alice", "bob", false, true);
    rooms.relate("r", "alice", "bob", true, false);
    assertThat(rooms.relations("r")).containsExactly(new Relation(1, 2, true, false));

    rooms.kick("r", "bob");
    assertThat(rooms.relations("r")).isEmpty();
  }

  private void enter(String uuid, String... flags) {
    fixture.arrive(uuid);
    fixture.join(uuid, "r", flags);
  }

  private MemberState member(String uuid) {
    return rooms.members("r").stream()
        .filter(member -> member.channel().uuid().equals(uuid))
        .findFirst()
        .orElseThrow();
  }
}

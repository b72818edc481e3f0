package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how commands are written and answers are read; the answers are copied from traces. */
class RoomCommandsTests {

  private static final CallId ALICE = new CallId("3bcc6c02-29b4-4f2e-8776-a640f35f88e7");
  private static final CallId BOB = new CallId("0787e7a1-8c6b-4470-b388-ef8744beec81");

  private static final FreeSwitchOptions OPTIONS =
      FreeSwitchOptions.of(
          new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.1", 0), "secret");

  private final RoomCommands commands =
      new RoomCommands(
          new SoundFiles(OPTIONS), call -> call.equals(ALICE) ? 7 : 8, SwitchText.GUARDED);

  private String only(MixerCommand command) {
    assertThat(commands.lines(command)).hasSize(1);
    return commands.lines(command).getFirst().arguments();
  }

  private MixerReply answer(MixerCommand command, String answer) {
    return commands.reply(commands.lines(command).getFirst(), answer);
  }

  @Test
  void aMemberWhoseUuidWouldBeSyntaxIsAddressedByNumber() {
    CallId odd = new CallId("it's me");
    assertThat(commands.lines(new MixerCommand.Kick(odd)))
        .extracting(RoomCommands.Line::arguments)
        .containsExactly("kick 8");
  }

  @Test
  void membersAreAddressedByTheUuidsOfTheirLegs() {
    assertThat(only(new MixerCommand.Mute(ALICE, true))).isEqualTo("mute uuid=" + ALICE);
    assertThat(only(new MixerCommand.Mute(ALICE, false))).isEqualTo("unmute uuid=" + ALICE);
    assertThat(only(new MixerCommand.MuteAll(true))).isEqualTo("mute non_moderator");
    assertThat(only(new MixerCommand.MuteAll(false))).isEqualTo("unmute non_moderator");
    assertThat(only(new MixerCommand.DeafAll(true))).isEqualTo("deaf non_moderator");
    assertThat(only(new MixerCommand.DeafAll(false))).isEqualTo("undeaf non_moderator");
    assertThat(only(new MixerCommand.Deaf(ALICE, true))).isEqualTo("deaf uuid=" + ALICE);
    assertThat(only(new MixerCommand.Deaf(ALICE, false))).isEqualTo("undeaf uuid=" + ALICE);
    assertThat(only(new MixerCommand.Kick(ALICE))).isEqualTo("kick uuid=" + ALICE);
    assertThat(only(new MixerCommand.Floor(ALICE))).isEqualTo("floor uuid=" + ALICE);
    assertThat(only(new MixerCommand.Energy(ALICE, 300)))
        .isEqualTo("energy uuid=" + ALICE + " 300");
    assertThat(only(new MixerCommand.TalkVolume(ALICE, -2)))
        .isEqualTo("volume_in uuid=" + ALICE + " -2");
    assertThat(only(new MixerCommand.ListenVolume(ALICE, 4)))
        .isEqualTo("volume_out uuid=" + ALICE + " 4");
  }

  @Test
  void relationsAndPrivatePlaybacksUseMemberNumbers() {
    assertThat(only(new MixerCommand.Relate(ALICE, BOB, MixerCommand.Relation.DEAF)))
        .isEqualTo("relate 7 8 nohear");
    assertThat(only(new MixerCommand.Relate(ALICE, BOB, MixerCommand.Relation.MUTE)))
        .isEqualTo("relate 7 8 nospeak");
    assertThat(only(new MixerCommand.Relate(ALICE, BOB, MixerCommand.Relation.CLEAR)))
        .isEqualTo("relate 7 8 clear");
    assertThat(only(new MixerCommand.PlayTo(ALICE, new Media.Prompt("conf-locked", ""))))
        .isEqualTo("play conference/conf-locked.wav 7");
  }

  @Test
  void roomCommandsAreWritten() {
    assertThat(only(new MixerCommand.Lock(true))).isEqualTo("lock");
    assertThat(only(new MixerCommand.Lock(false))).isEqualTo("unlock");
    assertThat(only(new MixerCommand.Play(new Media.Stream("/sounds/good bye.wav"))))
        .isEqualTo("play '/sounds/good bye.wav'");
    assertThat(only(new MixerCommand.StopPlaying())).isEqualTo("stop all");
    assertThat(only(new MixerCommand.StartRecording("board-1")))
        .isEqualTo("recording start /tmp/board-1.wav");
    assertThat(only(new MixerCommand.StopRecording())).isEqualTo("recording stop all");
    assertThat(only(new MixerCommand.MaxMembers(OptionalInt.of(5)))).isEqualTo("set max_members 5");
    assertThat(only(new MixerCommand.MaxMembers(OptionalInt.empty())))
        .isEqualTo("set max_members 0");
    assertThat(only(new MixerCommand.SetVariables(Map.of("topic", "Budget 2027"))))
        .isEqualTo("setvar confvar_topic 'Budget 2027'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a'b", "a\\b", "a\nb", "${system(id)}"})
  void anArgumentThatCouldEndTheCommandIsRefused(String word) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.lines(new MixerCommand.SetVariables(Map.of("topic", word))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.lines(new MixerCommand.Play(new Media.Stream("/" + word))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a 1 b", "a'", "Conference-Name:"})
  void anInvalidVariableNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.lines(new MixerCommand.SetVariables(Map.of(name, "x"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"board/../x", "board wav", "a'b", ""})
  void anInvalidRecordingNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commands.lines(new MixerCommand.StartRecording(name)));
  }

  @Test
  void aMemberWhoseUuidWouldBeSyntaxIsRefusedIfTheNumberIsUnknown() {
    RoomCommands unknown = new RoomCommands(new SoundFiles(OPTIONS), call -> 0, SwitchText.GUARDED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unknown.lines(new MixerCommand.Kick(new CallId("2 all"))))
        .withMessageContaining("2 all");
  }

  @Test
  void onlyTheExpectedAnswerCountsAsSuccess() {
    assertThat(answer(new MixerCommand.Mute(ALICE, true), "+OK mute 2\n"))
        .isEqualTo(new MixerReply.Done());
    assertThat(answer(new MixerCommand.Kick(ALICE), "+OK kicked 2\n"))
        .isEqualTo(new MixerReply.Done());
    assertThat(answer(new MixerCommand.Kick(ALICE), "")).isInstanceOf(MixerReply.Refused.class);
    assertThat(answer(new MixerCommand.Lock(true), "+OK violet locked\n"))
        .isEqualTo(new MixerReply.Done());
  }

  @ParameterizedTest
  @CsvSource({
    "-ERR Conference violet not found",
    "-ERR Non-Existant UUID 3bcc6c02-29b4-4f2e-8776-a640f35f88e7",
    "-ERR Member: 3bcc6c02-29b4-4f2e-8776-a640f35f88e7 not found."
  })
  void aMissingRoomOrMemberIsNotARefusal(String answer) {
    assertThat(answer(new MixerCommand.Mute(ALICE, true), answer + "\n"))
        .isEqualTo(new MixerReply.NotThere());
  }

  @Test
  void roomAndListCommandsHaveTheirFullText() {
    assertThat(RoomCommands.inRoom("cf_1", "lock"))
        .isEqualTo(new RoomCommands.Command("conference", "cf_1 lock"));
    assertThat(RoomCommands.listRoom("cf_1"))
        .isEqualTo(new RoomCommands.Command("conference", "cf_1 json_list"));
    assertThat(RoomCommands.listAll())
        .isEqualTo(new RoomCommands.Command("conference", "json_list"));
  }
}

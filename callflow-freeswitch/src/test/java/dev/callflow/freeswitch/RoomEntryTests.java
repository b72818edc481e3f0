package dev.callflow.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.JoinOptions;
import dev.callflow.conference.mixer.MemberFlag;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.conference.mixer.RoomSignal;
import dev.callflow.core.call.Media;
import dev.callflow.core.document.AccountId;
import dev.callflow.esl.message.EslEvent;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomEntryTests {

  private static final RoomId BOARD = new RoomId(new AccountId("acme"), "board");

  private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  private final LegFixture leg = new LegFixture();
  private final RoomEntry rooms =
      new RoomEntry(LegFixture.LEG, leg.applications, leg.events, leg.sounds, SwitchText.GUARDED);

  /**
   * Enters the room; returns the uuid of the conference application, which is queued after the
   * variables.
   */
  private String enter(JoinOptions entry) {
    rooms.enter(BOARD, "cf_1", entry, "default");
    return "app-2";
  }

  @Test
  void theFlagsAreInAlphabeticalOrder() {
    enter(entry("", MemberFlag.MODERATOR, MemberFlag.MUTE, MemberFlag.DISTRIBUTE_DTMF));

    assertThat(leg.requests().getLast())
        .isEqualTo("conference cf_1@default+flags{dist-dtmf|moderator|mute}");
  }

  @Test
  void theRoomUsesTheProfileFromTheJoinOptions() {
    enter(entry("wide"));

    assertThat(leg.requests().getLast()).isEqualTo("conference cf_1@wide+flags{}");
  }

  @Test
  void channelVariablesConfigureTheRoom() {
    enter(entry(""));

    assertThat(leg.requests().getFirst())
        .startsWith("multiset ^^")
        .contains(
            "hangup_after_conference=false",
            "conference_enter_sound=~",
            "conference_exit_sound=~",
            "cf_exit_sound=~",
            "conference_max_members=7",
            "confvar_callflow_conference=board");
  }

  @Test
  void freeSwitchPlaysTheEnterSoundButNotTheExitSound() {
    enter(
        new JoinOptions(
            Set.of(),
            Optional.of(new Media.Stream("tone_stream://in")),
            Optional.of(new Media.Stream("tone_stream://out")),
            "",
            OptionalInt.empty(),
            JoinOptions.Mixing.MIXER_DEFAULTS));

    assertThat(leg.requests().getFirst())
        .contains(
            "conference_enter_sound=tone_stream://in~",
            "conference_exit_sound=~",
            "cf_exit_sound=tone_stream://out~");
  }

  @Test
  void silenceHidesTheTonesOfAProfileThatHasThem() {
    SoundFiles withTones =
        new SoundFiles(FreeSwitchOptions.builder(ANY, ANY, "secret").profileHasTones(true).build());
    new RoomEntry(LegFixture.LEG, leg.applications, leg.events, withTones, SwitchText.GUARDED)
        .enter(BOARD, "cf_1", entry(""), "default");

    assertThat(leg.requests().getFirst())
        .contains(
            "conference_enter_sound=silence_stream://1",
            "conference_exit_sound=silence_stream://1");
  }

  @Test
  void aLegHasEnteredWhenItsAddMemberEventArrives() {
    enter(entry(""));

    rooms.roomEvent(added("leg-1", "12"));

    assertThat(leg.published()).containsExactly(new RoomSignal.Entered(BOARD, "instance", 12));
  }

  @Test
  void anAddMemberEventOfAnotherLegIsIgnored() {
    enter(entry(""));

    rooms.roomEvent(added("leg-2", "12"));

    assertThat(leg.published()).isEmpty();
  }

  @Test
  void aLegThatHadEnteredTheRoomReportsThatItLeft() {
    String conference = enter(entry(""));
    rooms.roomEvent(added("leg-1", "12"));
    leg.published();

    assertThat(rooms.applicationEnded(conference)).isTrue();

    assertThat(leg.published()).containsExactly(new RoomSignal.Left(BOARD, true));
  }

  @Test
  void aLegThatNeverEnteredReportsThatItWasNotInTheRoom() {
    String conference = enter(entry(""));

    rooms.applicationEnded(conference);

    assertThat(leg.published()).containsExactly(new RoomSignal.Left(BOARD, false));
  }

  @Test
  void afterAHangupNoRoomSignalIsPublished() {
    String conference = enter(entry(""));
    leg.events.hangupReported();

    assertThat(rooms.applicationEnded(conference)).isTrue();

    assertThat(leg.published()).isEmpty();
  }

  @Test
  void aLegIsBridgedToARoomOnAnotherSwitchAndReturns() {
    rooms.bridge(BOARD, "sofia/internal/sip:conference@fs2");
    assertThat(leg.requests())
        .containsExactly(
            "multiset ^^~hangup_after_bridge=false~park_after_bridge=false~continue_on_fail=true",
            "bridge sofia/internal/sip:conference@fs2");

    rooms.bridged(new RoomSignal.Entered(BOARD, "there", 3));
    rooms.applicationEnded("app-2");

    assertThat(leg.published())
        .containsExactly(
            new RoomSignal.Entered(BOARD, "there", 3), new RoomSignal.Left(BOARD, true));
  }

  private static JoinOptions entry(String profile, MemberFlag... flags) {
    return new JoinOptions(
        Set.copyOf(List.of(flags)),
        Optional.empty(),
        Optional.empty(),
        profile,
        OptionalInt.of(7),
        JoinOptions.Mixing.MIXER_DEFAULTS);
  }

  private static EslEvent added(String uuid, String number) {
    return LegFixture.event(
        "Event-Name: CUSTOM",
        "Event-Subclass: conference%3A%3Amaintenance",
        "Action: add-member",
        "Unique-ID: " + uuid,
        "Conference-Unique-ID: instance",
        "Member-ID: " + number);
  }
}

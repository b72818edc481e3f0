package dev.callflow.conference.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.bed.Visitor;
import dev.callflow.conference.mixer.MixerCommand;
import dev.callflow.conference.mixer.MixerReply;
import dev.callflow.conference.visit.Held;
import dev.callflow.core.call.CallId;
import dev.callflow.core.call.Media;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sounds that members hear about their own state and about the number of members. */
class RoomSoundsTests {

  private final Bed bed = new Bed();

  @BeforeEach
  void listen() {
    bed.onRoomEvent(bed.sounds::onEvent);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theFirstMemberHearsThatTheyAreAlone() {
    bed.room("{}");

    enters("ann");

    assertThat(commands()).containsExactly(playTo("ann", "conf-alone"));
  }

  @Test
  void theLastMemberHearsThatTheyAreAloneAgain() {
    bed.room("{\"profile\":{\"alone-sound\":\"conf-only_you\"}}");
    enters("ann");
    enters("bob");

    bed.mixer.letGo("ann");

    assertThat(commands())
        .containsExactly(playTo("ann", "conf-only_you"), playTo("bob", "conf-only_you"));
  }

  @Test
  void noMemberIsAloneWhileTwoAreLeft() {
    bed.room("{}");
    enters("ann");
    enters("bob");
    enters("mia");

    bed.mixer.letGo("ann");

    assertThat(commands()).hasSize(1);
  }

  @Test
  void aSilentSoundIsNotPlayed() {
    bed.room("{\"profile\":{\"alone-sound\":\"silence_stream://1\"}}");

    enters("ann");

    assertThat(commands()).isEmpty();
  }

  @Test
  void aGhostDoesNotCountAsAMember() {
    bed.room("{\"profile\":{\"member-flags\":\"ghost\"}}");
    enters("ann");

    bed.room("{}");
    enters("bob");

    assertThat(commands()).containsExactly(playTo("bob", "conf-alone"));
  }

  @Test
  void aMemberHearsWhenTheyAreMutedOrDeafened() {
    bed.room("{\"member\":{\"join_muted\":false}}");
    enters("ann");
    CallId ann = new CallId("ann");

    bed.run(() -> {
      bed.mixer.apply(Bed.ROOM, new MixerCommand.Mute(ann, true));
      bed.mixer.apply(Bed.ROOM, new MixerCommand.Mute(ann, false));
      bed.mixer.apply(Bed.ROOM, new MixerCommand.Deaf(ann, true));
      bed.mixer.apply(Bed.ROOM, new MixerCommand.Deaf(ann, false));
      bed.mixer.apply(Bed.ROOM, new MixerCommand.Energy(ann, 500));
    });

    assertThat(sounds())
        .containsExactly(
            playTo("ann", "conf-alone"),
            playTo("ann", "conf-muted"),
            playTo("ann", "conf-unmuted"),
            playTo("ann", "conf-deaf"),
            playTo("ann", "conf-undeaf"));
  }

  @Test
  void theNumberOfMembersIsAnnouncedFromTheConfiguredNumberOn() {
    bed.room("{\"profile\":{\"announce-count\":3},\"language\":\"de-de\"}");
    enters("ann");
    enters("bob");
    enters("mia");
    enters("zoe");

    assertThat(sounds())
        .filteredOn(MixerCommand.Play.class::isInstance)
        .containsExactly(count("digits-3"), count("digits-4"));
  }

  @Test
  void theNumberOfMembersIsNotAnnouncedByDefault() {
    bed.room("{}");
    enters("ann");
    enters("bob");

    assertThat(sounds()).filteredOn(MixerCommand.Play.class::isInstance).isEmpty();
  }

  @Test
  void theFirstVisitorDeterminesTheSoundsOfTheRoom() {
    bed.room("{\"profile\":{\"alone-sound\":\"conf-first\"}}");
    enters("ann");
    bed.room("{\"profile\":{\"alone-sound\":\"conf-second\"}}");
    enters("bob");

    bed.mixer.letGo("ann");

    assertThat(commands()).endsWith(playTo("bob", "conf-first"));
  }

  @Test
  void theSoundsAreForgottenWhenAllHaveLeft() {
    bed.room("{\"profile\":{\"alone-sound\":\"conf-first\"}}");
    Held held = new Held();
    bed.enters(bed.visitor("ann").member(), held);
    bed.mixer.letGo("ann");
    bed.run(held::close);

    bed.room("{\"profile\":{\"alone-sound\":\"conf-second\"}}");
    enters("bob");

    assertThat(commands()).endsWith(playTo("bob", "conf-second"));
  }

  @Test
  void aMixerThatRefusesToPlayDoesNoHarm() {
    bed.mixer.answers(new MixerReply.Refused("no such file"));
    bed.room("{}");

    enters("ann");
    enters("bob");

    assertThat(commands()).hasSize(1);
  }

  private static MixerCommand playTo(String member, String prompt) {
    return new MixerCommand.PlayTo(new CallId(member), new Media.Prompt(prompt));
  }

  private static MixerCommand count(String number) {
    return new MixerCommand.Play(
        new Media.Sequence(
            List.of(
                new Media.Prompt(number, "de-de"),
                new Media.Prompt("conf-members_in_conference", "de-de"))));
  }

  private void enters(String name) {
    Visitor visitor = bed.visitor(name);
    bed.enters(visitor.member());
    bed.passes(Duration.ZERO);
  }

  private List<MixerCommand> commands() {
    bed.passes(Duration.ZERO);
    return bed.mixer.commands();
  }

  private List<MixerCommand> sounds() {
    return commands().stream()
        .filter(it -> it instanceof MixerCommand.PlayTo || it instanceof MixerCommand.Play)
        .toList();
  }
}

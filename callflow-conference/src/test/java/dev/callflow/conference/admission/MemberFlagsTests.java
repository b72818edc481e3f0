package dev.callflow.conference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.bed.Bed;
import dev.callflow.conference.mixer.MemberFlag;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemberFlagsTests {

  private final Bed bed = new Bed();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void aProfileWithoutFlagsAddsNoFlags() {
    bed.room("{}");

    assertThat(MemberFlags.of(bed.visitor("ann").target().profile())).isEmpty();
  }

  @Test
  void flagsAreSeparatedByBarsOrCommas() {
    assertThat(flags("mute|deaf,ghost | vmute"))
        .containsExactlyInAnyOrder(
            MemberFlag.MUTE, MemberFlag.DEAF, MemberFlag.GHOST, MemberFlag.VIDEO_MUTE);
    assertThat(flags("nomoh,dist-dtmf"))
        .containsExactlyInAnyOrder(MemberFlag.NO_MUSIC, MemberFlag.DISTRIBUTE_DTMF);
  }

  @Test
  void aProfileCannotMakeModerators() {
    assertThat(flags("moderator|mute")).containsExactly(MemberFlag.MUTE);
  }

  @Test
  void unknownFlagsAreIgnored() {
    assertThat(flags("endconf|join-only|MUTE|")).isEmpty();
  }

  private Set<MemberFlag> flags(String words) {
    bed.room("{\"profile\":{\"member-flags\":\"" + words + "\"}}");
    return MemberFlags.of(bed.visitor("ann").target().profile());
  }
}

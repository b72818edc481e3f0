package dev.callflow.conference.stay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.mixer.Member;
import dev.callflow.core.call.CallId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LevelsTests {

  private final Levels levels = new Levels();

  @Test
  void theUsualEnergyIsTheFirstOneSeen() {
    assertThat(levels.usualEnergy(member(300))).isEqualTo(300);
    assertThat(levels.usualEnergy(member(500))).isEqualTo(300);
  }

  @Test
  void theUsualEnergyCanBeZero() {
    levels.usualEnergy(member(0));

    assertThat(levels.usualEnergy(member(500))).isZero();
  }

  @Test
  void volumesStartAtZero() {
    assertThat(levels.talkVolume()).isZero();
    assertThat(levels.listenVolume()).isZero();
  }

  @Test
  void settingAVolumeAgainReportsNoChange() {
    assertThat(levels.talk(2)).isTrue();
    assertThat(levels.talk(2)).isFalse();
    assertThat(levels.listen(-1)).isTrue();
    assertThat(levels.listen(-1)).isFalse();
    assertThat(levels.talkVolume()).isEqualTo(2);
    assertThat(levels.listenVolume()).isEqualTo(-1);
  }

  private static Member member(int energy) {
    return new Member(
        new CallId("ann"),
        1,
        new Member.Party("", ""),
        Member.Flags.NONE,
        new Member.Levels(energy, 0, 0),
        Instant.EPOCH);
  }
}

package dev.callflow.conference.stay;

import dev.callflow.conference.mixer.Member;

/**
 * The volume and energy levels that a participant changes with keys. The volumes are tracked here
 * because FreeSWITCH does not report them. Used by the participant's thread only.
 */
final class Levels {

  private int usualEnergy = -1;
  private int talkVolume;
  private int listenVolume;

  /** Returns the energy level that the participant had before they pressed their first key. */
  int usualEnergy(Member member) {
    if (usualEnergy < 0) {
      usualEnergy = member.energyLevel();
    }
    return usualEnergy;
  }

  int talkVolume() {
    return talkVolume;
  }

  int listenVolume() {
    return listenVolume;
  }

  /** Sets the talk volume; returns whether it has changed. */
  boolean talk(int level) {
    boolean changes = talkVolume != level;
    talkVolume = level;
    return changes;
  }

  /** Sets the listen volume; returns whether it has changed. */
  boolean listen(int level) {
    boolean changes = listenVolume != level;
    listenVolume = level;
    return changes;
  }
}

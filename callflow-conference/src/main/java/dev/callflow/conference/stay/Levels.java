package dev.callflow.conference.stay;

import dev.callflow.conference.mixer.Member;

/**
 * The levels that a participant's keys step through. FreeSWITCH shows no volumes, so they are
 * counted here. Owned by the participant's thread.
 */
final class Levels {

  private int usualEnergy = -1;
  private int talkVolume;
  private int listenVolume;

  /** The energy level that the participant had before their first key. */
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

  /** Returns whether the level is another one. */
  boolean talk(int level) {
    boolean changes = talkVolume != level;
    talkVolume = level;
    return changes;
  }

  /** Returns whether the level is another one. */
  boolean listen(int level) {
    boolean changes = listenVolume != level;
    listenVolume = level;
    return changes;
  }
}

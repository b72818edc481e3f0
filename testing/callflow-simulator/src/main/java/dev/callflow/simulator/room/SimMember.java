package dev.callflow.simulator.room;

import dev.callflow.simulator.channel.Channel;
import dev.callflow.simulator.model.MemberState;
import java.time.Instant;
import java.util.Set;

/** A member of a room. Guarded by the switch's lock. */
public final class SimMember {

  private final Occupant occupant;
  private final int number;
  private final boolean silent;
  private final Set<String> flags;
  private final Instant since;
  private boolean muted;
  private boolean deaf;
  private boolean videoMuted;
  private boolean talking;
  private boolean held;
  private int energy;
  private int volumeIn;
  private int volumeOut;
  private int gainControl;
  private Instant talkingSince = Instant.EPOCH;

  SimMember(Occupant occupant, int number, boolean silent, Instant since) {
    this.occupant = occupant;
    this.silent = silent;
    this.flags = occupant.flags();
    this.energy = occupant.how().levels().energy();
    this.volumeIn = occupant.how().levels().volumeIn();
    this.volumeOut = occupant.how().levels().volumeOut();
    this.number = number;
    this.since = since;
    this.muted = flags.contains("mute");
    this.deaf = flags.contains("deaf");
    this.videoMuted = flags.contains("vmute");
  }

  public Occupant occupant() {
    return occupant;
  }

  public Channel channel() {
    return occupant.channel();
  }

  public int number() {
    return number;
  }

  boolean ghost() {
    return flags.contains("ghost");
  }

  boolean moderator() {
    return flags.contains("moderator");
  }

  /**
   * Returns whether the member is mandatory. The room ends after the last mandatory member has
   * left.
   */
  boolean isNeeded() {
    return flags.contains("mandatory_member_endconf");
  }

  boolean refusesMusic() {
    return flags.contains("nomoh");
  }

  boolean muted() {
    return muted;
  }

  /** Mutes or unmutes the member; a muted member no longer counts as talking. */
  void mute(boolean on) {
    muted = on;
    talking = !on && talking;
  }

  /** Returns whether the mixer notices when the member talks. */
  boolean canBeNoticed() {
    return !muted && !held || flags.contains("mute-detect");
  }

  boolean deaf() {
    return deaf;
  }

  void deafen(boolean on) {
    deaf = on;
  }

  public void muteVideo(boolean on) {
    videoMuted = on;
  }

  boolean talking() {
    return talking;
  }

  void startTalking(Instant now) {
    talking = true;
    talkingSince = now;
  }

  void stopTalking() {
    talking = false;
  }

  boolean held() {
    return held;
  }

  /** Puts the member on hold, or takes them off hold; a held member does not count as talking. */
  void hold(boolean on) {
    held = on;
    talking = !on && talking;
  }

  int energy() {
    return energy;
  }

  public void energy(int level) {
    energy = level;
  }

  int volumeIn() {
    return volumeIn;
  }

  public void volumeIn(int level) {
    volumeIn = level;
  }

  int volumeOut() {
    return volumeOut;
  }

  public void volumeOut(int level) {
    volumeOut = level;
  }

  /** Sets the level; as in FreeSWITCH, 0 has no effect. */
  public void gainControl(int level) {
    gainControl = level == 0 ? gainControl : level;
  }

  MemberState state(boolean floor) {
    return new MemberState(
        channel().state(),
        number,
        moderator(),
        ghost(),
        silent,
        muted,
        deaf,
        videoMuted,
        talking,
        talkingSince,
        held,
        floor,
        energy,
        volumeIn,
        volumeOut,
        gainControl,
        since,
        flags);
  }
}

package dev.callflow.testkit.model;

import java.time.Instant;
import java.util.Set;

/** A member of a room; used inside the guard only. */
final class Member {

  /** How loud somebody must be to be heard, unless it was set. */
  private static final int ENERGY = 100;

  private final Joined joined;
  private final int number;
  private final Set<String> flags;
  private final Instant since;
  boolean muted;
  boolean deaf;
  boolean videoMuted;
  boolean talking;
  boolean held;
  int energy = ENERGY;
  int volumeIn;
  int volumeOut;

  Member(Joined joined, int number, Set<String> flags, Instant since) {
    this.joined = joined;
    this.number = number;
    this.flags = flags;
    this.since = since;
    this.muted = flags.contains("mute");
    this.deaf = flags.contains("deaf");
    this.videoMuted = flags.contains("vmute");
  }

  Joined joined() {
    return joined;
  }

  Channel channel() {
    return joined.channel();
  }

  int number() {
    return number;
  }

  boolean ghost() {
    return flags.contains("ghost");
  }

  MemberState state(boolean floor) {
    return new MemberState(
        channel().state(),
        number,
        flags.contains("moderator"),
        ghost(),
        muted,
        deaf,
        videoMuted,
        talking,
        held,
        floor,
        energy,
        volumeIn,
        volumeOut,
        since,
        flags);
  }
}

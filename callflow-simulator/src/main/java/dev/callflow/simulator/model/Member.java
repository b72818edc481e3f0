package dev.callflow.simulator.model;

import java.time.Instant;
import java.util.Set;

/** A member of a room; used inside the guard only. */
final class Member {

  private final Joined joined;
  private final int number;
  private final boolean silent;
  private final Set<String> flags;
  private final Instant since;
  boolean muted;
  boolean deaf;
  boolean videoMuted;
  boolean talking;
  boolean held;
  int energy;
  int volumeIn;
  int volumeOut;
  int gainControl;
  Instant talkingSince = Instant.EPOCH;

  Member(Joined joined, int number, boolean silent, Instant since) {
    this.joined = joined;
    this.silent = silent;
    this.flags = joined.flags();
    this.energy = joined.how().levels().energy();
    this.volumeIn = joined.how().levels().volumeIn();
    this.volumeOut = joined.how().levels().volumeOut();
    this.number = number;
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

  boolean moderator() {
    return flags.contains("moderator");
  }

  /** Whether the room ends without it and its like. */
  boolean isNeeded() {
    return flags.contains("mandatory_member_endconf");
  }

  boolean wantsNoMusic() {
    return flags.contains("nomoh");
  }

  boolean silent() {
    return silent;
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

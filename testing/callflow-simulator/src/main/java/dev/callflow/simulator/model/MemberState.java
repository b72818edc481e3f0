package dev.callflow.simulator.model;

import java.time.Instant;
import java.util.Set;

/**
 * A snapshot of a member of a room.
 *
 * @param channel the member's channel
 * @param number the member number; unique within the switch, and kept when the channel joins again
 * @param moderator whether the member is a moderator
 * @param ghost whether the member is excluded from the member count
 * @param silent whether the member joined unannounced
 * @param muted whether the member is muted
 * @param deaf whether the member is deafened
 * @param videoMuted whether the member's video is hidden
 * @param talking whether the member is talking
 * @param talkingSince the time when the member last started to talk; the epoch if they never did
 * @param held whether the member is on hold, and so neither hears nor is heard
 * @param floor whether the member has the floor
 * @param energy the energy threshold above which the member is heard
 * @param volumeIn the volume at which the room hears the member, -4 to 4
 * @param volumeOut the volume at which the member hears the room, -4 to 4
 * @param gainControl the level of the automatic gain control
 * @param joined the time when the member joined
 * @param flags the flags with which the member joined, as FreeSWITCH names them
 */
public record MemberState(
    ChannelState channel,
    int number,
    boolean moderator,
    boolean ghost,
    boolean silent,
    boolean muted,
    boolean deaf,
    boolean videoMuted,
    boolean talking,
    Instant talkingSince,
    boolean held,
    boolean floor,
    int energy,
    int volumeIn,
    int volumeOut,
    int gainControl,
    Instant joined,
    Set<String> flags) {}

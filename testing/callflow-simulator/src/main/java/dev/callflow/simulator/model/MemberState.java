package dev.callflow.simulator.model;

import java.time.Instant;
import java.util.Set;

/**
 * A member of a room as it was at one moment.
 *
 * @param channel its channel
 * @param number its number; counts up per switch, and a channel that comes back has its old one
 * @param moderator whether it is a moderator
 * @param ghost whether it is not counted
 * @param silent whether it has come in unannounced
 * @param muted whether it is not heard
 * @param deaf whether it does not hear
 * @param videoMuted whether it is not seen
 * @param talking whether it talks
 * @param talkingSince when it last began to talk; long ago if it never did
 * @param held whether it is put on hold, and neither hears nor is heard
 * @param floor whether it has the floor
 * @param energy how loud it must be to be heard
 * @param volumeIn how loud it is heard, -4 to 4
 * @param volumeOut how loud it hears, -4 to 4
 * @param gainControl its level of automatic gain control
 * @param joined when it came in
 * @param flags the flags it came in with, in FreeSWITCH's words
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

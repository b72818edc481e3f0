package dev.callflow.conference.mixer;

import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.Position;

/**
 * A member of a room whose call was controlled by an earlier process and can be continued.
 *
 * @param leg the member's leg. It delivers the keys that they press, {@link RoomSignal.Left} when
 *     they leave the room, and {@link dev.callflow.core.call.LegEvent.HungUp} if they hang up.
 *     Nothing can be played to it.
 * @param incoming the details of their call
 * @param position where their call was in its callflow; its signature has been checked
 */
public record AdoptedMember(Leg leg, IncomingCall incoming, Position position) {}

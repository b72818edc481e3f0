package dev.callflow.conference.mixer;

import dev.callflow.core.call.IncomingCall;
import dev.callflow.core.call.Leg;
import dev.callflow.core.call.Position;

/**
 * A member of a room whose call was controlled by an earlier process and can be continued.
 *
 * @param leg receives the member's keys, {@link RoomSignal.Left} when they leave the room, and
 *     {@link dev.callflow.core.call.LegEvent.HungUp} if they hang up in it; plays nothing
 * @param incoming what is known of their call
 * @param position where their call was; genuine
 */
public record AdoptedMember(Leg leg, IncomingCall incoming, Position position) {}

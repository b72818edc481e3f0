package dev.callflow.conference.pin;

import dev.callflow.conference.mixer.RoomId;

/** An attempt's place in a room's queue. Tickets are compared by identity. */
final class PinTicket {

  final RoomId room;
  final String number;
  final PinLimits limits;

  PinTicket(RoomId room, String number, PinLimits limits) {
    this.room = room;
    this.number = number;
    this.limits = limits;
  }
}

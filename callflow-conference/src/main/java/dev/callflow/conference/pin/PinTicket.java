package dev.callflow.conference.pin;

import dev.callflow.conference.mixer.RoomId;

/** One attempt's place in a room's line; two attempts are never equal. */
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

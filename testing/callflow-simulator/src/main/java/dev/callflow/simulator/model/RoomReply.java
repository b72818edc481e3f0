package dev.callflow.simulator.model;

/** What becomes of a command about a room. */
public enum RoomReply {
  /** It was carried out. */
  DONE,
  /** There is no such room. */
  NO_ROOM,
  /** There is no such member in the room, or it cannot be addressed yet. */
  NO_MEMBER,
  /** There is no such file. */
  NO_FILE,
  /** It makes no sense now, for instance to stop what is not there. */
  REFUSED
}

package dev.callflow.simulator.model;

/** The outcome of a command to a room. */
public enum RoomReply {
  /** The command was carried out. */
  DONE,
  /** There is no such room. */
  NO_ROOM,
  /** There is no such member in the room. */
  NO_MEMBER,
  /** There is no such file. */
  NO_FILE,
  /** The command does not apply now, for instance because there is nothing to stop. */
  REFUSED
}

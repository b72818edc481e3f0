package dev.callflow.conference.visit;

/**
 * A participant who has a seat but is not in the room yet.
 *
 * @param guest the participant
 * @param seat their seat
 */
public record Seated(Guest guest, SeatLease seat) {}

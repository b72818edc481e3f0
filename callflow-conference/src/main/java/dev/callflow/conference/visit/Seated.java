package dev.callflow.conference.visit;

/**
 * A participant with a seat, who is not in the room yet.
 *
 * @param guest the participant
 * @param seat their seat
 */
public record Seated(Guest guest, SeatLease seat) {}

package dev.callflow.simulator.model;

/**
 * What one member is to another, other than to everybody.
 *
 * @param member the number of the member
 * @param other the number of the other one
 * @param speaks whether the other one hears the member
 * @param hears whether the member hears the other one
 */
public record Relation(int member, int other, boolean speaks, boolean hears) {}

package dev.callflow.simulator.model;

/**
 * A restriction of the audio between two members.
 *
 * @param member the number of one member
 * @param other the number of the other member
 * @param speaks whether the other member hears the first one
 * @param hears whether the first member hears the other one
 */
public record Relation(int member, int other, boolean speaks, boolean hears) {}

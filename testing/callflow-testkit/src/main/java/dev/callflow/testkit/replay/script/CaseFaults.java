package dev.callflow.testkit.replay.script;

import java.util.Set;

/**
 * The faults in a case.
 *
 * @param storeDown whether reading conference documents fails
 * @param refusesJoins whether the switch refuses every attempt to join a room
 * @param missingMedia the media that do not exist
 */
public record CaseFaults(boolean storeDown, boolean refusesJoins, Set<String> missingMedia) {}

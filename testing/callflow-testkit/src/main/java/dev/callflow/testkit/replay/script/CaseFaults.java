package dev.callflow.testkit.replay.script;

import java.util.Set;

/**
 * What does not work in a case.
 *
 * @param storeDown whether conference documents cannot be read
 * @param refusesJoins whether the switch lets nobody into a room
 * @param missingMedia media that cannot be played
 */
public record CaseFaults(boolean storeDown, boolean refusesJoins, Set<String> missingMedia) {}

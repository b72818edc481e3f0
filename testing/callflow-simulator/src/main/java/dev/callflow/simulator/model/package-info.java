/**
 * What a simulated switch speaks of: channels, applications, rooms and members as they were at one
 * moment, and the events about them.
 *
 * <p>The words are FreeSWITCH's, but neither the event socket nor the ports of the engine are known
 * here: faces translate.
 */
@NullMarked
package dev.callflow.simulator.model;

import org.jspecify.annotations.NullMarked;

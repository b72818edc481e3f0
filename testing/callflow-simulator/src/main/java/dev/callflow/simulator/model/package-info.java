/**
 * The model of a simulated switch: applications, snapshots of channels, rooms and members, and the
 * events about them.
 *
 * <p>The terms are FreeSWITCH's. This package depends neither on the event socket nor on the
 * engine's ports; other packages translate between this model and those.
 */
@NullMarked
package dev.callflow.simulator.model;

import org.jspecify.annotations.NullMarked;

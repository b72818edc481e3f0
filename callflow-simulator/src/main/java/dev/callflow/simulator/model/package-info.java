/**
 * A switch without wires: channels, media with lengths, rooms.
 *
 * <p>It speaks of things as FreeSWITCH does and tells everything that FreeSWITCH tells by events,
 * but knows neither the event socket nor the ports of the engine: faces translate.
 */
@NullMarked
package dev.callflow.simulator.model;

import org.jspecify.annotations.NullMarked;

/** The event socket: connections, their commands and their events. */
@NullMarked
package dev.callflow.simulator.wire.socket;

import org.jspecify.annotations.NullMarked;

/** The event socket: connections, their commands and what they are told. */
@NullMarked
package dev.callflow.simulator.wire.socket;

import org.jspecify.annotations.NullMarked;

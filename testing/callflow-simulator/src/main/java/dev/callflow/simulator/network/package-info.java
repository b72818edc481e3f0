/** The transport for event sockets: real sockets, or in-memory connections in virtual time. */
@NullMarked
package dev.callflow.simulator.network;

import org.jspecify.annotations.NullMarked;

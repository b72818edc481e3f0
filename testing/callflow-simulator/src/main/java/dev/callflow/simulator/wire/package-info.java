/**
 * The simulated FreeSWITCH: a simulated switch with an event socket for inbound and outbound
 * connections.
 */
@NullMarked
package dev.callflow.simulator.wire;

import org.jspecify.annotations.NullMarked;

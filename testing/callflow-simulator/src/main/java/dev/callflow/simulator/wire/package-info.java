/** The simulated FreeSWITCH: a simulated switch with an event socket in both directions. */
@NullMarked
package dev.callflow.simulator.wire;

import org.jspecify.annotations.NullMarked;

/** The simulated switch as a FreeSWITCH: its event socket on TCP, in both directions. */
@NullMarked
package dev.callflow.simulator.wire;

import org.jspecify.annotations.NullMarked;

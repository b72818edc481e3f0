/** The effects of received text on the simulated FreeSWITCH. */
@NullMarked
package dev.callflow.simulator.wire.effect;

import org.jspecify.annotations.NullMarked;

/** The effects of commands, and of text embedded in them, on the simulated FreeSWITCH. */
@NullMarked
package dev.callflow.simulator.wire.effect;

import org.jspecify.annotations.NullMarked;

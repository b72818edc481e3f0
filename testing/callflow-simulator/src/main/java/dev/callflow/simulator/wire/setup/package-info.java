/** Settings of a simulated FreeSWITCH, including the faults it injects. */
@NullMarked
package dev.callflow.simulator.wire.setup;

import org.jspecify.annotations.NullMarked;

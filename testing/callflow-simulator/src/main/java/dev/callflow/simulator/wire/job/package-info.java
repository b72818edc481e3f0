/** Threads of the simulated FreeSWITCH, and how they wait. */
@NullMarked
package dev.callflow.simulator.wire.job;

import org.jspecify.annotations.NullMarked;

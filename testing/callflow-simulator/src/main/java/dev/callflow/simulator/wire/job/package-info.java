/** Background jobs of the simulated FreeSWITCH, and ways to wait in its time. */
@NullMarked
package dev.callflow.simulator.wire.job;

import org.jspecify.annotations.NullMarked;

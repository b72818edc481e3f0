/** Background jobs of the simulated FreeSWITCH, and waiting. */
@NullMarked
package dev.callflow.simulator.wire.job;

import org.jspecify.annotations.NullMarked;

/** How a simulated FreeSWITCH is set up, and what goes wrong in it. */
@NullMarked
package dev.callflow.simulator.wire.setup;

import org.jspecify.annotations.NullMarked;

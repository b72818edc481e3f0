/** What texts have made the simulated FreeSWITCH do. */
@NullMarked
package dev.callflow.simulator.wire.effect;

import org.jspecify.annotations.NullMarked;

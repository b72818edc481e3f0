/** Runs cases over the event socket of the simulated FreeSWITCH. */
@NullMarked
package dev.callflow.testkit.replay.wire;

import org.jspecify.annotations.NullMarked;

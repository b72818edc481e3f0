/** Connects an engine to the simulated switch in the same process, without an event socket. */
@NullMarked
package dev.callflow.testkit.inprocess;

import org.jspecify.annotations.NullMarked;

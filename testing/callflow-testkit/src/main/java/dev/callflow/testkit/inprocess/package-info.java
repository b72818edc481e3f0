/** Connects an engine to the simulated switch inside the process, without an event socket. */
@NullMarked
package dev.callflow.testkit.inprocess;

import org.jspecify.annotations.NullMarked;

/** The simulated switch's face inside the process: the engine's ports, without a wire. */
@NullMarked
package dev.callflow.testkit.inprocess;

import org.jspecify.annotations.NullMarked;

/**
 * Virtual time: everything that waits through {@link dev.callflow.core.time.TimeSource} runs in
 * milliseconds, and the same way each time.
 */
@NullMarked
package dev.callflow.simulator.time;

import org.jspecify.annotations.NullMarked;

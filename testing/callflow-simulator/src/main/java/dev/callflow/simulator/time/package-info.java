/**
 * Virtual time: code that waits through {@link dev.callflow.core.time.TimeSource} runs within
 * milliseconds, and the same way each time.
 */
@NullMarked
package dev.callflow.simulator.time;

import org.jspecify.annotations.NullMarked;

/**
 * Virtual time: code that waits through {@link dev.callflow.core.time.TimeSource} runs within
 * milliseconds, and in the same way every time.
 */
@NullMarked
package dev.callflow.simulator.time;

import org.jspecify.annotations.NullMarked;

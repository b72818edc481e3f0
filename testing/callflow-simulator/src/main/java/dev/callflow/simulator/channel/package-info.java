/** Channels and the applications they execute. */
@NullMarked
package dev.callflow.simulator.channel;

import org.jspecify.annotations.NullMarked;

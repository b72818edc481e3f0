/** Channels and what they execute. */
@NullMarked
package dev.callflow.simulator.channel;

import org.jspecify.annotations.NullMarked;

/** A switch in memory: channels that execute applications, and rooms. */
@NullMarked
package dev.callflow.simulator;

import org.jspecify.annotations.NullMarked;

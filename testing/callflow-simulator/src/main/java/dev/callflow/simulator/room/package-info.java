/** The mixer: rooms, their members and what they hear. */
@NullMarked
package dev.callflow.simulator.room;

import org.jspecify.annotations.NullMarked;

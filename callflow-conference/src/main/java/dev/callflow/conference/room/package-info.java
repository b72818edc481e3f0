/** Rooms: the port to the mixer, what happens in it, and the state that is told from that. */
@NullMarked
package dev.callflow.conference.room;

import org.jspecify.annotations.NullMarked;

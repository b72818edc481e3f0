/** Rooms: their state, derived from the mixer's events, and the decisions about who may join. */
@NullMarked
package dev.callflow.conference.room;

import org.jspecify.annotations.NullMarked;

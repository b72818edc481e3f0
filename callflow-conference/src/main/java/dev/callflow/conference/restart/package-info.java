/**
 * The members of adopted rooms: they stay in the room, are controlled again, and continue their
 * callflow when they leave it.
 */
@NullMarked
package dev.callflow.conference.restart;

import org.jspecify.annotations.NullMarked;

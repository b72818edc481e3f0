/**
 * The members of adopted rooms. They stay in the room and are controlled again; their callflows
 * continue when they leave the room.
 */
@NullMarked
package dev.callflow.conference.restart;

import org.jspecify.annotations.NullMarked;

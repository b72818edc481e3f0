/** What operators set in a room, as it is kept with the mixer's room. */
@NullMarked
package dev.callflow.conference.kept;

import org.jspecify.annotations.NullMarked;

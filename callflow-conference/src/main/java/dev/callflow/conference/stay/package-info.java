/** The time a participant spends in a room, and the keys they press there. */
@NullMarked
package dev.callflow.conference.stay;

import org.jspecify.annotations.NullMarked;

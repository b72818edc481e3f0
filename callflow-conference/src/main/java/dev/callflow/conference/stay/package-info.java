/** A participant's time in a room, including the keys they press there. */
@NullMarked
package dev.callflow.conference.stay;

import org.jspecify.annotations.NullMarked;

/** Conferences while they run: live data, participants, actions (spec 6.2 to 6.6). */
@NullMarked
package dev.callflow.api.conference;

import org.jspecify.annotations.NullMarked;

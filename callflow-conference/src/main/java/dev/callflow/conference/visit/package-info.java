/** A participant on the way into a room, and what each step has found out about them. */
@NullMarked
package dev.callflow.conference.visit;

import org.jspecify.annotations.NullMarked;

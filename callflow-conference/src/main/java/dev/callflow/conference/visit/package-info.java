/** The states of a participant on the way into a room; each state adds the result of one step. */
@NullMarked
package dev.callflow.conference.visit;

import org.jspecify.annotations.NullMarked;

/** The steps that bring a caller into a room. */
@NullMarked
package dev.callflow.conference.admission;

import org.jspecify.annotations.NullMarked;

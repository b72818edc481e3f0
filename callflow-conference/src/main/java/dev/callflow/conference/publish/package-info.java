/** Turns what happens in rooms into events. */
@NullMarked
package dev.callflow.conference.publish;

import org.jspecify.annotations.NullMarked;

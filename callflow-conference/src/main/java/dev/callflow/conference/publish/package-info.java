/** Publishes the events of rooms. */
@NullMarked
package dev.callflow.conference.publish;

import org.jspecify.annotations.NullMarked;

/**
 * The port to a mixer, with its commands, events and replies, and a mixer that combines several
 * switches.
 */
@NullMarked
package dev.callflow.conference.mixer;

import org.jspecify.annotations.NullMarked;

/**
 * The port to a mixer of conferences, its commands, events and replies, and several mixers as one.
 */
@NullMarked
package dev.callflow.conference.mixer;

import org.jspecify.annotations.NullMarked;

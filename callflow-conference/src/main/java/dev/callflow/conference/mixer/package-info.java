/**
 * The port to a mixer: its commands, events and replies, and the combination of several mixers into
 * one.
 */
@NullMarked
package dev.callflow.conference.mixer;

import org.jspecify.annotations.NullMarked;

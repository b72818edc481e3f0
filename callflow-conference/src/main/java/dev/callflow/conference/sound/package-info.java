/** The tones, numbers and announcements that are played in a room. */
@NullMarked
package dev.callflow.conference.sound;

import org.jspecify.annotations.NullMarked;

/** The tones, numbers and announcements that a room plays. */
@NullMarked
package dev.callflow.conference.sound;

import org.jspecify.annotations.NullMarked;

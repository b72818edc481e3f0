/** The files that rooms are recorded to. */
@NullMarked
package dev.callflow.conference.recording;

import org.jspecify.annotations.NullMarked;

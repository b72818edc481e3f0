/** The settings and results that are stored with the mixer's room and with callers outside. */
@NullMarked
package dev.callflow.conference.kept;

import org.jspecify.annotations.NullMarked;

/** Kazoo's words for the control of conferences. */
@NullMarked
package dev.callflow.conference.kazoo;

import org.jspecify.annotations.NullMarked;

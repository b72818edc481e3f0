/** Replays journals of live calls in virtual time. */
@NullMarked
package dev.callflow.testkit.journal;

import org.jspecify.annotations.NullMarked;

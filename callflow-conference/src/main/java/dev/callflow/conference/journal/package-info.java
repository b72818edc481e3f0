/** A journal of live calls: what came in from callers and operators, and what was decided. */
@NullMarked
package dev.callflow.conference.journal;

import org.jspecify.annotations.NullMarked;

/** A journal of live calls: the input of callers and operators, and the decisions. */
@NullMarked
package dev.callflow.conference.journal;

import org.jspecify.annotations.NullMarked;

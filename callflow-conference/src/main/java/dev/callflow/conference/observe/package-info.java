/** Interfaces through which applications measure and observe conferences. */
@NullMarked
package dev.callflow.conference.observe;

import org.jspecify.annotations.NullMarked;

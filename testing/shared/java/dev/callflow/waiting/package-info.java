/** Waits for conditions in tests. */
@NullMarked
package dev.callflow.waiting;

import org.jspecify.annotations.NullMarked;

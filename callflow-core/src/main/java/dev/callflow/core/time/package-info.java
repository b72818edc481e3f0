/** Time and waiting: the one way by which anything in Callflow waits, real or virtual. */
@NullMarked
package dev.callflow.core.time;

import org.jspecify.annotations.NullMarked;

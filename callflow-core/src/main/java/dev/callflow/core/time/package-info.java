/** Time and waiting: everything in Callflow that waits does so here, in real or virtual time. */
@NullMarked
package dev.callflow.core.time;

import org.jspecify.annotations.NullMarked;

/** Time and waiting: all code in Callflow that waits uses these types, in real or virtual time. */
@NullMarked
package dev.callflow.core.time;

import org.jspecify.annotations.NullMarked;

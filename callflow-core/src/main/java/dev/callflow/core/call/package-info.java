/** Calls: the interface to the legs of a switch, and the blocking operations that modules use. */
@NullMarked
package dev.callflow.core.call;

import org.jspecify.annotations.NullMarked;

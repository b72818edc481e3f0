/** A call: the leg as the switch shows it, and the blocking operations that modules use. */
@NullMarked
package dev.callflow.core.call;

import org.jspecify.annotations.NullMarked;

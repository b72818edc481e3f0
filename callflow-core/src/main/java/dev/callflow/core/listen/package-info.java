/** Listeners, and the handles by which they are removed. */
@NullMarked
package dev.callflow.core.listen;

import org.jspecify.annotations.NullMarked;

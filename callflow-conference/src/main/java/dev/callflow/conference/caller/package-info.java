/** How callers are identified and compared. */
@NullMarked
package dev.callflow.conference.caller;

import org.jspecify.annotations.NullMarked;

/** Who calls, as far as it is compared. */
@NullMarked
package dev.callflow.conference.caller;

import org.jspecify.annotations.NullMarked;

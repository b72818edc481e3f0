/** The steps by which a caller gets into a room. */
@NullMarked
package dev.callflow.conference.admission;

import org.jspecify.annotations.NullMarked;

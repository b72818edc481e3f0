/** Events of conferences, and the streams that deliver them. */
@NullMarked
package dev.callflow.conference.event;

import org.jspecify.annotations.NullMarked;

/** Events in FreeSWITCH's wire format. */
@NullMarked
package dev.callflow.simulator.wire.event;

import org.jspecify.annotations.NullMarked;

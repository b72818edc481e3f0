/** Events as FreeSWITCH writes them. */
@NullMarked
package dev.callflow.simulator.wire.event;

import org.jspecify.annotations.NullMarked;

/** What calls do: the dialplan, applications, dial strings and hooks. */
@NullMarked
package dev.callflow.simulator.wire.call;

import org.jspecify.annotations.NullMarked;

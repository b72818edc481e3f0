/** Call handling: the dialplan, applications, dialling and hooks. */
@NullMarked
package dev.callflow.simulator.wire.call;

import org.jspecify.annotations.NullMarked;

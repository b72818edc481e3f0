/** Continues the calls of an earlier process. */
@NullMarked
package dev.callflow.freeswitch.restart;

import org.jspecify.annotations.NullMarked;

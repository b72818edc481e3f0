/** The sounds that rooms hear when members leave. */
@NullMarked
package dev.callflow.freeswitch.sound;

import org.jspecify.annotations.NullMarked;

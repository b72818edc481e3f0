/** Connects the core and the conferences to FreeSWITCH over its event socket. */
@NullMarked
package dev.callflow.freeswitch;

import org.jspecify.annotations.NullMarked;

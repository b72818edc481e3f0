/** The ports of core and conference over the FreeSWITCH event socket. */
@NullMarked
package dev.callflow.freeswitch;

import org.jspecify.annotations.NullMarked;

/** The inbound client and the outbound server for FreeSWITCH's event socket. */
@NullMarked
package dev.callflow.esl;

import org.jspecify.annotations.NullMarked;

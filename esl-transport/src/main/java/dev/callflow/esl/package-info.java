/** FreeSWITCH's event socket: the inbound client and the outbound server. */
@NullMarked
package dev.callflow.esl;

import org.jspecify.annotations.NullMarked;

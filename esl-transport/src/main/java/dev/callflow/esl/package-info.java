/** FreeSWITCH event socket: codec, inbound client, outbound server. */
@NullMarked
package dev.callflow.esl;

import org.jspecify.annotations.NullMarked;

/** The messages of the event socket: frames from FreeSWITCH and commands to it. */
@NullMarked
package dev.callflow.esl.message;

import org.jspecify.annotations.NullMarked;

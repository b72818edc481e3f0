/** What goes over the event socket: the server's messages and the client's commands. */
@NullMarked
package dev.callflow.esl.message;

import org.jspecify.annotations.NullMarked;

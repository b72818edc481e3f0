/** The exceptions of event-socket connections. */
@NullMarked
package dev.callflow.esl.error;

import org.jspecify.annotations.NullMarked;

/** The exceptions that event-socket connections throw. */
@NullMarked
package dev.callflow.esl.error;

import org.jspecify.annotations.NullMarked;

/** The addresses that may connect to a server. */
@NullMarked
package dev.callflow.esl.access;

import org.jspecify.annotations.NullMarked;

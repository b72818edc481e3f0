/** What can go wrong with connections. */
@NullMarked
package dev.callflow.esl.error;

import org.jspecify.annotations.NullMarked;

/** Finds and decodes text in bytes. */
@NullMarked
package dev.callflow.esl.bytes;

import org.jspecify.annotations.NullMarked;

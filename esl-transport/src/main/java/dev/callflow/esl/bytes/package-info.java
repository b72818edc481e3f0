/** Finds and decodes text in bytes, and masks secrets in it. */
@NullMarked
package dev.callflow.esl.bytes;

import org.jspecify.annotations.NullMarked;

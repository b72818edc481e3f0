/** Finds keys and names in documents that are probably misspelt. */
@NullMarked
package dev.callflow.core.advice;

import org.jspecify.annotations.NullMarked;

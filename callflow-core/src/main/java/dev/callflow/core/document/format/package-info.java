/** Formats of values that schemas can require. */
@NullMarked
package dev.callflow.core.document.format;

import org.jspecify.annotations.NullMarked;

/** What {@code ./callflow lint} found, and how it is printed. */
@NullMarked
package dev.callflow.examples.lint;

import org.jspecify.annotations.NullMarked;

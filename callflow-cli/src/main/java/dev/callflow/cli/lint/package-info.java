/** What {@code ./callflow lint} found, and how it is printed. */
@NullMarked
package dev.callflow.cli.lint;

import org.jspecify.annotations.NullMarked;

/** Regular expressions for numbers: how one is matched, and how the matching ones are found. */
@NullMarked
package dev.callflow.core.pattern;

import org.jspecify.annotations.NullMarked;

/** Times and values in the notation of case files, and their comparison. */
@NullMarked
package dev.callflow.testkit.replay.text;

import org.jspecify.annotations.NullMarked;

/** Times and values in the words of case files, and comparisons of them. */
@NullMarked
package dev.callflow.testkit.replay.text;

import org.jspecify.annotations.NullMarked;

/** Counts and times connections with Micrometer, for those who have it on their class path. */
@NullMarked
package dev.callflow.esl.micrometer;

import org.jspecify.annotations.NullMarked;

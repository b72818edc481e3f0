/** Runs cases in this process, and compares the outcome with the expectations. */
@NullMarked
package dev.callflow.testkit.replay.run;

import org.jspecify.annotations.NullMarked;

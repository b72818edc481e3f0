/** Runs of cases in the process, and the comparison of what came of them with the case. */
@NullMarked
package dev.callflow.testkit.replay.run;

import org.jspecify.annotations.NullMarked;

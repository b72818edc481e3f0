/** The results of cases and of their calls. */
@NullMarked
package dev.callflow.testkit.replay.result;

import org.jspecify.annotations.NullMarked;

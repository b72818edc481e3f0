/** What became of a case and of its calls. */
@NullMarked
package dev.callflow.testkit.replay.result;

import org.jspecify.annotations.NullMarked;

/** The content of case files: calls, the steps of callers, and the expected outcome. */
@NullMarked
package dev.callflow.testkit.replay.script;

import org.jspecify.annotations.NullMarked;

/** Calls from accepting their connection to the conference, and from a key to the next command. */
@NullMarked
package dev.callflow.benchmarks.calls;

import org.jspecify.annotations.NullMarked;

/** Runs each subject in its own process and collects its figures. */
@NullMarked
package dev.callflow.benchmarks.process;

import org.jspecify.annotations.NullMarked;

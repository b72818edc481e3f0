/** Measures how costs grow with the number of rooms, documents, subscribers and participants. */
@NullMarked
package dev.callflow.benchmarks.growth;

import org.jspecify.annotations.NullMarked;

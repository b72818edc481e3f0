/** Load programs and JMH benchmarks. */
@NullMarked
package dev.callflow.benchmarks;

import org.jspecify.annotations.NullMarked;

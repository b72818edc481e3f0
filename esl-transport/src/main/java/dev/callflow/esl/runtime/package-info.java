/**
 * What clients and servers take from their surroundings: clock, threads, waits, network, metrics.
 */
@NullMarked
package dev.callflow.esl.runtime;

import org.jspecify.annotations.NullMarked;

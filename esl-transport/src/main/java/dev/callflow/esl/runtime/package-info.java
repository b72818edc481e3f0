/** The environment of clients and servers: clock, threads, waits, network and metrics. */
@NullMarked
package dev.callflow.esl.runtime;

import org.jspecify.annotations.NullMarked;

/** Measures what it costs to tell many clients at WebSockets what happens. */
@NullMarked
package dev.callflow.benchmarks.websocket;

import org.jspecify.annotations.NullMarked;

/** Measures the cost of sending events to many WebSocket clients. */
@NullMarked
package dev.callflow.benchmarks.websocket;

import org.jspecify.annotations.NullMarked;

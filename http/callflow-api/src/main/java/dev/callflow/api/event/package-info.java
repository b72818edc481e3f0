/** Events for subscribed clients over WebSockets and Server-Sent Events (docs/spec/events.md). */
@NullMarked
package dev.callflow.api.event;

import org.jspecify.annotations.NullMarked;

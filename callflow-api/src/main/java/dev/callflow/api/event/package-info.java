/** Events to those who watch: the protocol of WebSockets, and Server-Sent Events (spec 7). */
@NullMarked
package dev.callflow.api.event;

import org.jspecify.annotations.NullMarked;

/** The options of {@code host} for what it sends: emails, and events to webhooks. */
@NullMarked
package dev.callflow.cli.outgoing;

import org.jspecify.annotations.NullMarked;

/** The webhooks of accounts: their documents, and the port to what delivers events to them. */
@NullMarked
package dev.callflow.api.webhook;

import org.jspecify.annotations.NullMarked;

/** Deliveries to webhooks: a queue in the store of records, and the requests to the receivers. */
@NullMarked
package dev.callflow.api.delivery;

import org.jspecify.annotations.NullMarked;

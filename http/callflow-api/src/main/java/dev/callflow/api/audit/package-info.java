/** The record of changes and actions: the client, the request, and its result. */
@NullMarked
package dev.callflow.api.audit;

import org.jspecify.annotations.NullMarked;

/** What a server needs to mount the API: limits for requests, and the form of streams. */
@NullMarked
package dev.callflow.api.server;

import org.jspecify.annotations.NullMarked;

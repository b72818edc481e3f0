/** The API on an HTTP server. */
@NullMarked
package dev.callflow.api.http;

import org.jspecify.annotations.NullMarked;

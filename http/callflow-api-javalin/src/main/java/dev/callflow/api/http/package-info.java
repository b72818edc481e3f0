/** Serves the API with the HTTP server Javalin. */
@NullMarked
package dev.callflow.api.http;

import org.jspecify.annotations.NullMarked;

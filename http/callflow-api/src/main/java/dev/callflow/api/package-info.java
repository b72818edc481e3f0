/** The REST API as a function from requests to replies, independent of any HTTP server. */
@NullMarked
package dev.callflow.api;

import org.jspecify.annotations.NullMarked;

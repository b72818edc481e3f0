/** What the API says of itself: an OpenAPI document, and a page to try requests. */
@NullMarked
package dev.callflow.api.openapi;

import org.jspecify.annotations.NullMarked;

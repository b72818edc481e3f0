/** The OpenAPI document, and a page for trying requests. */
@NullMarked
package dev.callflow.api.openapi;

import org.jspecify.annotations.NullMarked;

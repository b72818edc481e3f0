/** A page for trying requests. */
@NullMarked
package dev.callflow.api.openapi.page;

import org.jspecify.annotations.NullMarked;

/** The calls of a host, and where they are in their callflows. */
@NullMarked
package dev.callflow.api.call;

import org.jspecify.annotations.NullMarked;

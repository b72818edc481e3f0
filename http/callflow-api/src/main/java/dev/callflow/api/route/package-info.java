/** Which resource answers which method on which path. */
@NullMarked
package dev.callflow.api.route;

import org.jspecify.annotations.NullMarked;

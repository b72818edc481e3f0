/** Token authentication and rate limits. */
@NullMarked
package dev.callflow.api.access;

import org.jspecify.annotations.NullMarked;

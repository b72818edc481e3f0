/** Who may use the API, for which account, and how often. */
@NullMarked
package dev.callflow.api.access;

import org.jspecify.annotations.NullMarked;

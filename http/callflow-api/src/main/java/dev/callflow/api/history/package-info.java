/** What has happened in an account, as the API shows it: conferences, refused callers, calls. */
@NullMarked
package dev.callflow.api.history;

import org.jspecify.annotations.NullMarked;

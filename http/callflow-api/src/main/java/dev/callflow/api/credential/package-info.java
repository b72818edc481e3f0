/** What users' passwords and accounts' API keys are checked with. */
@NullMarked
package dev.callflow.api.credential;

import org.jspecify.annotations.NullMarked;

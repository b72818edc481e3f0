/** What a host remembers besides documents: history, audit, tokens, deliveries. */
@NullMarked
package dev.callflow.core.record;

import org.jspecify.annotations.NullMarked;

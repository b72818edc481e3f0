/** Keeps the history of calls and conferences in the store of records. */
@NullMarked
package dev.callflow.host.history;

import org.jspecify.annotations.NullMarked;

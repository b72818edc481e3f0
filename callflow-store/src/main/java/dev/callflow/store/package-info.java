/** Stores accounts and documents in an H2 file or a PostgreSQL database. */
@NullMarked
package dev.callflow.store;

import org.jspecify.annotations.NullMarked;

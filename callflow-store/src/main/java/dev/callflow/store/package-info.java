/** Accounts and documents in a database: H2 in a file, or PostgreSQL. */
@NullMarked
package dev.callflow.store;

import org.jspecify.annotations.NullMarked;

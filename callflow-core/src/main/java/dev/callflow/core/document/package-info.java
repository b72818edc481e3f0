/**
 * Accounts and their documents: the interfaces of document stores, schemas and problems, and the
 * lookup of callflows by number.
 */
@NullMarked
package dev.callflow.core.document;

import org.jspecify.annotations.NullMarked;

/**
 * Accounts and their documents: where they come from, what they must look like, what is wrong with
 * them, and which callflow a number belongs to.
 */
@NullMarked
package dev.callflow.core.document;

import org.jspecify.annotations.NullMarked;

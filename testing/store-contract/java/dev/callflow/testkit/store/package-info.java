/**
 * The contract of editable document stores, as tests. Needs {@code junit-jupiter-api} and {@code
 * assertj-core}.
 */
@NullMarked
package dev.callflow.testkit.store;

import org.jspecify.annotations.NullMarked;

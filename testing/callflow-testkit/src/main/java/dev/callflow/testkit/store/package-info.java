/**
 * What holds for every store whose documents can be changed, as tests. Needs {@code
 * junit-jupiter-api} and {@code assertj-core}.
 */
@NullMarked
package dev.callflow.testkit.store;

import org.jspecify.annotations.NullMarked;

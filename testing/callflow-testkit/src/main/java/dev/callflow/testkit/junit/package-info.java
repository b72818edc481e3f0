/**
 * Support for JUnit 5 and 6: cases as tests, a simulated FreeSWITCH as a parameter, and assertions
 * on calls and rooms. Needs {@code junit-jupiter-api}; the assertions also need {@code
 * assertj-core}.
 */
@NullMarked
package dev.callflow.testkit.junit;

import org.jspecify.annotations.NullMarked;

/**
 * Reads, builds and runs case files, which describe calls and their expected outcome.
 *
 * <p>In a JUnit test, one method runs a folder of cases:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("cases") // returns the paths of the files
 * void theCasePasses(Path file) throws Exception {
 *   CaseRunner.run(file).orThrow();
 * }
 * }</pre>
 */
@NullMarked
package dev.callflow.testkit.replay;

import org.jspecify.annotations.NullMarked;

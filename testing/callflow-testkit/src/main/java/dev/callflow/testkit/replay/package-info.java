/**
 * Case files: who calls when and does what, what must come of it, and whether it does.
 *
 * <p>In a test of JUnit, a folder of cases is one method:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("cases") // the files, as paths
 * void theCasePasses(Path file) throws Exception {
 *   CaseRunner.run(file).orThrow();
 * }
 * }</pre>
 */
@NullMarked
package dev.callflow.testkit.replay;

import org.jspecify.annotations.NullMarked;

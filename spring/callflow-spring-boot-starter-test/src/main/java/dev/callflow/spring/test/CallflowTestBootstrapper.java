package dev.callflow.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Creates the contexts of {@link CallflowTest}. Called by Spring. */
final class CallflowTestBootstrapper extends TestSliceTestContextBootstrapper<CallflowTest> {

  CallflowTestBootstrapper() {}
}

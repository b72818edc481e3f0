package dev.callflow.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a test class with an element that the cases of its {@link CallflowCase} methods
 * use.
 *
 * <p>The field contains a {@link dev.callflow.core.CallflowModule}, which the test creates with the
 * dependencies that it needs. Any visibility, static or not; it is read before the methods
 * {@code @BeforeEach} run. The element replaces a built-in one of the same name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface CaseModule {}

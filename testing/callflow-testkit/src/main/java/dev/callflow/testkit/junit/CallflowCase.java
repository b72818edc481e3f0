package dev.callflow.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a method as the test of a case file.
 *
 * <p>The case runs in virtual time before the method. If it does not pass, the test fails with the
 * report of the case. A method with a parameter of type {@link
 * dev.callflow.testkit.replay.result.CaseResult} receives the result instead, whether or not the
 * case passed, and makes its own assertions.
 *
 * <p>The callflows of the case may use elements of your own: the modules in the fields of the test
 * class that are annotated with {@link CaseModule}.
 */
@Test
@ExtendWith(CallflowExtension.class)
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@SuppressWarnings("exports")
public @interface CallflowCase {

  /**
   * Names the case file.
   *
   * @return the name of a resource next to the test class, in the folder {@code cases} of the class
   *     path, or at the root of the class path; or the path of a file
   */
  String value();
}

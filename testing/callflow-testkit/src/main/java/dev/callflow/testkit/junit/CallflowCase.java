package dev.callflow.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a test of a case file.
 *
 * <p>The case is run before the method, in virtual time, and fails the test with its report if it
 * does not pass. A method that takes a {@link dev.callflow.testkit.replay.result.CaseResult} is
 * given what became of it instead, and asserts itself.
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
   * @return a resource beside the test class, in the folder {@code cases} of the class path or
   *     anywhere in it, or else a file
   */
  String value();
}

package dev.callflow.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how the simulated FreeSWITCH is set up that a test is given. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FreeSwitchSettings {

  /**
   * Sets the event socket's password.
   *
   * @return the password
   */
  String password() default "ClueCon";

  /**
   * Makes media shorter or longer than they are.
   *
   * @return the factor
   */
  double mediaScale() default 1;
}

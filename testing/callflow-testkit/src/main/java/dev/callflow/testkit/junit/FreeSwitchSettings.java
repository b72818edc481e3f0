package dev.callflow.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Configures the simulated FreeSWITCH that a test receives as a parameter. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FreeSwitchSettings {

  /**
   * The password of the event socket.
   *
   * @return the password
   */
  String password() default "ClueCon";

  /**
   * The factor by which the length of media is multiplied.
   *
   * @return the factor; a factor less than 1 makes media shorter
   */
  double mediaScale() default 1;
}

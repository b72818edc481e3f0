package dev.callflow.spring.test;

import dev.callflow.host.Closing;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Gives a test a simulated FreeSWITCH: Callflow connects to it instead of the FreeSWITCHes of the
 * properties, and takes its calls on a free port. The test can inject it as {@link
 * dev.callflow.simulator.wire.SimulatedFreeSwitch}. The context is ready once they are connected.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureSimulatedFreeSwitch {

  /**
   * A folder of the class path with accounts and documents, in the form of a data folder. They are
   * copied into memory, so that a test can change them.
   *
   * @return the folder; by default, the application's own documents are used
   */
  @PropertyMapping(value = "callflow.test.documents", skip = PropertyMapping.Skip.ON_DEFAULT_VALUE)
  String documents() default "";

  /**
   * The factor by which the length of media is multiplied.
   *
   * @return the factor; a factor less than 1 makes media shorter
   */
  @PropertyMapping("callflow.test.media-scale")
  double mediaScale() default 0.05;

  /**
   * What happens to the calls that are left when the context closes.
   *
   * @return the closing
   */
  @PropertyMapping("callflow.closing")
  Closing closing() default Closing.HANG_UP;

  /**
   * How long the context waits for calls to end when it closes, in the form of a {@link
   * java.time.Duration} property.
   *
   * @return the timeout
   */
  @PropertyMapping("callflow.closing-timeout")
  String closingTimeout() default "0s";
}

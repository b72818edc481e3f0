package dev.callflow.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests the callflows of an application, without the rest of it: of the components that are found
 * by scanning, only modules, observers, stores of documents and customizers of Callflow are used.
 * Nothing but Callflow is auto-configured, and it runs on a simulated FreeSWITCH ({@link
 * AutoConfigureSimulatedFreeSwitch}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(CallflowTestBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(CallflowTypeFilter.class)
@AutoConfigureSimulatedFreeSwitch
@ImportAutoConfiguration
public @interface CallflowTest {

  /**
   * Properties of the application for this test.
   *
   * @return the properties, as {@code name=value}
   */
  String[] properties() default {};

  /**
   * A folder of the class path with accounts and documents.
   *
   * @return the folder; by default, the application's own documents are used
   * @see AutoConfigureSimulatedFreeSwitch#documents
   */
  @AliasFor(annotation = AutoConfigureSimulatedFreeSwitch.class)
  String documents() default "";

  /**
   * The factor by which the length of media is multiplied.
   *
   * @return the factor; a factor less than 1 makes media shorter
   */
  @AliasFor(annotation = AutoConfigureSimulatedFreeSwitch.class)
  double mediaScale() default 0.05;

  /**
   * Whether the types that a test of callflows needs are found by scanning.
   *
   * @return whether they are
   */
  boolean useDefaultFilters() default true;

  /**
   * Components that are used in addition.
   *
   * @return the filters
   */
  ComponentScan.Filter[] includeFilters() default {};

  /**
   * Components that are not used.
   *
   * @return the filters
   */
  ComponentScan.Filter[] excludeFilters() default {};
}

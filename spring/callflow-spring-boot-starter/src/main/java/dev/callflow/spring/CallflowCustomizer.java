package dev.callflow.spring;

import dev.callflow.host.Callflow;

/**
 * Sets options of Callflow for which there is no property. All beans of this type are called in
 * their order, after the properties have been applied.
 */
@FunctionalInterface
public interface CallflowCustomizer {

  /**
   * Sets options.
   *
   * @param builder the builder of Callflow
   */
  void customize(Callflow.Builder builder);
}

package dev.callflow.spring.web;

import dev.callflow.api.Api;

/**
 * Sets options of the API for which there is no property, such as the sender of invitations. All
 * beans of this type are called in their order, after the properties have been applied.
 */
@FunctionalInterface
public interface CallflowApiCustomizer {

  /**
   * Sets options.
   *
   * @param builder the builder of the API
   */
  void customize(Api.Builder builder);
}

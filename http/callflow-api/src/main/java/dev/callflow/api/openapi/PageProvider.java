package dev.callflow.api.openapi;

import java.util.Map;

/**
 * Adds pages to those of {@link OpenApiPages}, which finds implementations with {@link
 * java.util.ServiceLoader}. The artefact {@code callflow-openapi-page} has one.
 */
@FunctionalInterface
public interface PageProvider {

  /**
   * Returns the pages. Called once for each {@link OpenApiPages}.
   *
   * @return the pages by the full path of the request, which begins with {@code /openapi/}
   */
  Map<String, OpenApiPages.Page> pages();
}

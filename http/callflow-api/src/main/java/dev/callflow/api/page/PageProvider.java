package dev.callflow.api.page;

import java.util.Map;

/**
 * Adds pages to those of {@link Pages}, which finds implementations with {@link
 * java.util.ServiceLoader}. The artefacts {@code callflow-openapi-page} and {@code
 * callflow-console} have one each.
 */
public interface PageProvider {

  /**
   * Returns the path that belongs to the provider.
   *
   * @return the path, which begins with a slash and has no slash at its end, for instance {@code
   *     /console}
   */
  String root();

  /**
   * Returns the pages. Called once for each {@link Pages}.
   *
   * @return the pages by the full path of the request, which is that of the root or begins with it
   *     and a slash
   */
  Map<String, Page> pages();
}

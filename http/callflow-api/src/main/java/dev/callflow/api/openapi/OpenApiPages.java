package dev.callflow.api.openapi;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import tools.jackson.databind.node.ObjectNode;

/**
 * Provides the OpenAPI document at {@code /openapi}, and the pages that {@link PageProvider}s add
 * below {@code /openapi/}.
 *
 * <p>Safe for use by any thread. Serves a fixed list of pages from memory and nothing else.
 */
public final class OpenApiPages {

  /**
   * A page.
   *
   * @param contentType the media type
   * @param body the content; must not be modified
   */
  public record Page(String contentType, byte[] body) {

    /**
     * Returns the content security policy, which lets the page load resources from this server only
     * and send requests to this server only.
     *
     * @return the value of {@code Content-Security-Policy}
     */
    public String policy() {
      return "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";
    }
  }

  private final Map<String, Page> pages = new HashMap<>();

  /**
   * Loads the pages of an API at the root of its server. The page that {@code
   * callflow-openapi-page} adds occupies about 2 MB.
   */
  public OpenApiPages() {
    this("");
  }

  /**
   * Loads the pages of an API that is mounted below a path of its server.
   *
   * @param mount the path, such as {@code /callflow}, which the document names as its server; empty
   *     for the root
   */
  public OpenApiPages(String mount) {
    ServiceLoader.load(PageProvider.class, PageProvider.class.getClassLoader())
        .forEach(provider -> pages.putAll(provider.pages()));
    ObjectNode document = OpenApi.document();
    ((ObjectNode) document.at("/servers/0")).put("url", mount.isEmpty() ? "/" : mount);
    pages.put(
        "/openapi",
        new Page("application/json", document.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Finds a page.
   *
   * @param path the path of the request below the mount
   * @return the page; empty if there is none at this path
   */
  public Optional<Page> find(String path) {
    return Optional.ofNullable(pages.get(path));
  }
}

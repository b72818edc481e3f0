package dev.callflow.api.page;

import dev.callflow.api.openapi.OpenApi;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Provides the OpenAPI document at {@code /openapi}, and the pages of all {@link PageProvider}s.
 *
 * <p>Safe for use by any thread. Serves a fixed list of pages from memory and nothing else.
 */
public final class Pages {

  /** The path of the OpenAPI document. */
  public static final String OPENAPI = "/openapi";

  /** The path of the console. */
  public static final String CONSOLE = "/console";

  private final Map<String, Page> pages = new HashMap<>();
  private final Set<String> roots = new TreeSet<>(Set.of(OPENAPI));

  /**
   * Loads the pages of an API at the root of its server. The page that {@code
   * callflow-openapi-page} adds occupies about 2 MB.
   */
  public Pages() {
    this("");
  }

  /**
   * Loads the pages of an API that is mounted below a path of its server.
   *
   * @param mount the path, such as {@code /callflow}, which the OpenAPI document names as its
   *     server; empty for the root
   */
  public Pages(String mount) {
    this(mount, Set.of());
  }

  /**
   * Loads the pages of an API that is mounted below a path of its server, without some of them.
   *
   * @param mount the path, such as {@code /callflow}; empty for the root
   * @param without the roots of providers whose pages are left out, such as {@link #CONSOLE}
   */
  public Pages(String mount, Set<String> without) {
    for (PageProvider provider :
        ServiceLoader.load(PageProvider.class, PageProvider.class.getClassLoader())) {
      if (!without.contains(provider.root())) {
        roots.add(provider.root());
        pages.putAll(provider.pages());
      }
    }
    ObjectNode document = OpenApi.document();
    ((ObjectNode) document.at("/servers/0")).put("url", mount.isEmpty() ? "/" : mount);
    pages.put(
        OPENAPI,
        new Page("application/json", document.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns the paths at and below which there are pages.
   *
   * @return the paths, without a slash at their end
   */
  public Set<String> roots() {
    return Set.copyOf(roots);
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

package dev.callflow.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Provides the OpenAPI document at {@code /openapi} and a page for trying requests at {@code
 * /openapi/}.
 *
 * <p>Safe for use by any thread. Serves a fixed list of resources from the class path and nothing
 * else.
 */
public final class OpenApiPages {

  private static final String UI = "/META-INF/resources/webjars/swagger-ui/";

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

  private final Map<String, Page> pages;

  /** Loads the pages, which occupy about 2 MB of memory. */
  public OpenApiPages() {
    pages =
        Map.of(
            "/openapi",
            new Page(
                "application/json", OpenApi.document().toString().getBytes(StandardCharsets.UTF_8)),
            "/openapi/",
            new Page("text/html; charset=utf-8", OpenApi.bytes("index.html")),
            "/openapi/page.js",
            new Page("text/javascript", OpenApi.bytes("page.js")),
            "/openapi/swagger-ui.css",
            new Page("text/css", ui("swagger-ui.css")),
            "/openapi/swagger-ui-bundle.js",
            new Page("text/javascript", ui("swagger-ui-bundle.js")),
            "/openapi/favicon-32x32.png",
            new Page("image/png", ui("favicon-32x32.png")));
  }

  /**
   * Finds a page.
   *
   * @param path the full path of the request
   * @return the page; empty if there is none at this path
   */
  public Optional<Page> find(String path) {
    return Optional.ofNullable(pages.get(path));
  }

  private static byte[] ui(String name) {
    return read(UI + version() + "/" + name);
  }

  /** Reads the version, which is part of the path of every file in the Swagger UI jar. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream stream = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of Swagger UI cannot be read", e);
    }
    return properties.getProperty("version");
  }

  private static byte[] read(String name) {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** Opens a resource below META-INF, where resources of other Java modules are accessible. */
  private static InputStream open(String name) {
    InputStream stream = OpenApiPages.class.getClassLoader().getResourceAsStream(name.substring(1));
    if (stream == null) {
      throw new IllegalStateException("resource " + name + " is missing from the class path");
    }
    return stream;
  }
}

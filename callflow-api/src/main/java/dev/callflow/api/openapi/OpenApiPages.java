package dev.callflow.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The OpenAPI document at {@code /openapi}, and below {@code /openapi/} a page to try requests.
 *
 * <p>Safe for use by any thread. Everything comes from the class path, and only what is named here:
 * no path leads anywhere else.
 */
public final class OpenApiPages {

  private static final String UI = "/META-INF/resources/webjars/swagger-ui/";

  /**
   * What is sent.
   *
   * @param contentType its type
   * @param body the bytes; must not be changed
   */
  public record Page(String contentType, byte[] body) {

    /**
     * Returns what browsers shall let the page do: load from here, and ask here.
     *
     * @return the value of {@code Content-Security-Policy}
     */
    public String policy() {
      return "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";
    }
  }

  private final Map<String, Page> pages;

  /** Reads the pages; takes some 2 MB of memory. */
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
   * @param path the whole path of the request
   * @return the page
   */
  public Optional<Page> find(String path) {
    return Optional.ofNullable(pages.get(path));
  }

  private static byte[] ui(String name) {
    return read(UI + version() + "/" + name);
  }

  /** In the jar all lies below its version. */
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

  /** Below META-INF, resources of other modules can be read. */
  private static InputStream open(String name) {
    InputStream stream = OpenApiPages.class.getClassLoader().getResourceAsStream(name.substring(1));
    if (stream == null) {
      throw new IllegalStateException("there is no " + name + " on the class path");
    }
    return stream;
  }
}

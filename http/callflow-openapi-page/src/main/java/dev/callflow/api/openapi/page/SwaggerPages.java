package dev.callflow.api.openapi.page;

import dev.callflow.api.page.Page;
import dev.callflow.api.page.PageProvider;
import dev.callflow.api.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Swagger UI, which shows the OpenAPI document and sends requests. */
public final class SwaggerPages implements PageProvider {

  private static final String UI = "META-INF/resources/webjars/swagger-ui/";

  /** Swagger UI writes styles and small pictures into its page. */
  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";

  /** For {@link java.util.ServiceLoader}. */
  public SwaggerPages() {}

  @Override
  public String root() {
    return Pages.OPENAPI;
  }

  @Override
  public Map<String, Page> pages() {
    return Map.of(
        "/openapi/",
        page("text/html; charset=utf-8", own("index.html")),
        "/openapi/page.js",
        page("text/javascript", own("page.js")),
        "/openapi/swagger-ui.css",
        page("text/css", ui("swagger-ui.css")),
        "/openapi/swagger-ui-bundle.js",
        page("text/javascript", ui("swagger-ui-bundle.js")),
        "/openapi/favicon-32x32.png",
        page("image/png", ui("favicon-32x32.png")));
  }

  private static Page page(String contentType, byte[] body) {
    return new Page(contentType, body, POLICY);
  }

  private static byte[] own(String name) {
    return read(SwaggerPages.class.getResourceAsStream(name), name);
  }

  private static byte[] ui(String name) {
    String path = UI + version() + "/" + name;
    return read(open(path), path);
  }

  /** Reads the version, which is part of the path of every file in the Swagger UI jar. */
  private static String version() {
    String path = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    Properties properties = new Properties();
    try (InputStream stream = existing(open(path), path)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of Swagger UI cannot be read", e);
    }
    return properties.getProperty("version");
  }

  /** Opens a resource below META-INF, where resources of other Java modules are accessible. */
  private static @Nullable InputStream open(String path) {
    return SwaggerPages.class.getClassLoader().getResourceAsStream(path);
  }

  private static byte[] read(@Nullable InputStream resource, String name) {
    try (InputStream stream = existing(resource, name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private static InputStream existing(@Nullable InputStream resource, String name) {
    if (resource == null) {
      throw new IllegalStateException("resource " + name + " is missing");
    }
    return resource;
  }
}

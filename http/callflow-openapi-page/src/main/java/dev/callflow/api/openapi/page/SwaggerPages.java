package dev.callflow.api.openapi.page;

import dev.callflow.api.openapi.OpenApiPages.Page;
import dev.callflow.api.openapi.PageProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Swagger UI, which shows the OpenAPI document and sends requests. */
public final class SwaggerPages implements PageProvider {

  private static final String UI = "META-INF/resources/webjars/swagger-ui/";

  /** For {@link java.util.ServiceLoader}. */
  public SwaggerPages() {}

  @Override
  public Map<String, Page> pages() {
    return Map.of(
        "/openapi/",
        new Page("text/html; charset=utf-8", own("index.html")),
        "/openapi/page.js",
        new Page("text/javascript", own("page.js")),
        "/openapi/swagger-ui.css",
        new Page("text/css", ui("swagger-ui.css")),
        "/openapi/swagger-ui-bundle.js",
        new Page("text/javascript", ui("swagger-ui-bundle.js")),
        "/openapi/favicon-32x32.png",
        new Page("image/png", ui("favicon-32x32.png")));
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

package dev.callflow.api.console;

import dev.callflow.api.page.Page;
import dev.callflow.api.page.PageProvider;
import dev.callflow.api.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The console's page and the files that it loads, which the file {@code files} lists. */
public final class ConsolePages implements PageProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ConsolePages() {}

  @Override
  public String root() {
    return Pages.CONSOLE;
  }

  @Override
  public Map<String, Page> pages() {
    Map<String, Page> pages = new HashMap<>();
    pages.put(Pages.CONSOLE + "/", page("index.html"));
    for (String name : files()) {
      pages.put(Pages.CONSOLE + "/" + name, page(name));
    }
    return pages;
  }

  private static List<String> files() {
    return new String(read("files"), StandardCharsets.UTF_8).lines().toList();
  }

  private static Page page(String name) {
    return new Page(contentType(name), read(name));
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("the media type of " + name + " is not known");
    };
  }

  private static byte[] read(String name) {
    try (InputStream stream = ConsolePages.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + name + " is missing");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + name + " cannot be read", e);
    }
  }
}

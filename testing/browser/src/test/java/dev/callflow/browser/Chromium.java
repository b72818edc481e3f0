package dev.callflow.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.callflow.waiting.Eventually;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The installed Chromium without a window, and what its pages report. */
final class Chromium implements AutoCloseable {

  private final Playwright playwright;
  private final Browser browser;

  /** What no page may report: errors of scripts, and violations of the content security policy. */
  final List<String> problems = new ArrayList<>();

  /** The addresses of all requests. */
  final List<String> requests = new ArrayList<>();

  Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(Eventually.LIMIT.toMillis());
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    // Chromium's sandbox does not work for root, by whom CI runs.
                    .setArgs(List.of("--no-sandbox")));
  }

  private static Path executable() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("these tests need Chromium: apt-get install chromium"));
  }

  Page open() {
    return open(1440, 900, ColorScheme.LIGHT);
  }

  Page open(int width, int height, ColorScheme colors) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colors)
                .setLocale("en-GB"));
    context.setDefaultTimeout(Eventually.LIMIT.toMillis());
    Page page = context.newPage();
    page.onPageError(problems::add);
    page.onRequest(request -> requests.add(request.url()));
    page.onDialog(dialog -> {
      problems.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        problems.add(message.text());
      }
    });
    return page;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

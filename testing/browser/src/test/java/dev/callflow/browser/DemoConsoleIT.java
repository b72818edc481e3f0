package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.callflow.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code ./callflow demo --console} shows conferences in motion. Leaves pictures of each view in
 * {@code target/pictures}.
 */
class DemoConsoleIT {

  private final Chromium chromium = new Chromium();
  private final Process demo = start();
  private final String url = url();

  private static Process start() {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-Dcallflow.home=" + System.getProperty("callflow.home"),
              "-cp",
              System.getProperty("java.class.path"),
              "dev.callflow.cli.Main",
              "demo",
              "--console")
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String url() {
    BufferedReader out = demo.inputReader(StandardCharsets.UTF_8);
    return out.lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow();
  }

  @AfterEach
  void close() {
    chromium.close();
    demo.destroyForcibly();
    assertThat(chromium.problems).isEmpty();
  }

  private Console open(Page page) {
    page.navigate(url);
    Console console = new Console(page);
    console.isLive();
    assertThat(page.locator(".room[data-running=true]")).hasCount(7);
    return console;
  }

  @Test
  void aBrowserIsLoggedInAndItsAddressKeepsNoToken() {
    Page page = chromium.open();
    open(page);
    assertThat(page.url()).endsWith("/console/#/demo/rooms");
    assertThat(chromium.requests).noneMatch(request -> request.contains("login="));
  }

  @Test
  void itEndsWhenItIsAskedTo() {
    demo.destroy();
    assertThat(Eventually.ended(demo)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "desktop-light, 1440, 900, LIGHT",
    "desktop-dark, 1440, 900, DARK",
    "phone-light, 390, 844, LIGHT",
    "phone-dark, 390, 844, DARK"
  })
  void everyViewHasAPicture(String name, int width, int height, ColorScheme colors) {
    Page page = chromium.open(width, height, colors);
    Console console = open(page);
    picture(page, name + "-overview");
    console.open("All hands");
    assertThat(page.locator(".row").nth(8)).isVisible();
    assertThat(page.locator(".row[data-talking=true]").first()).isVisible();
    picture(page, name + "-room");
    page.evaluate("location.hash = '#/demo/rooms'");
    console.open("Customer council");
    assertThat(page.locator(".row").first()).isVisible();
    picture(page, name + "-waiting");
    page.locator(".row [aria-haspopup]").first().click();
    picture(page, name + "-menu");
    page.keyboard().press("Escape");
    console.goTo("Callflows");
    page.locator(".links a", new Page.LocatorOptions().setHasText("Service line")).click();
    assertThat(page.locator(".caller").first()).isVisible();
    picture(page, name + "-callflow");
    for (String view : List.of("Door", "History", "Events")) {
      console.goTo(view);
      assertThat(page.locator(".main").getByText(view, exact()).first()).isVisible();
      picture(page, name + "-" + view.toLowerCase(Locale.ROOT));
    }
    // Nothing is wider than the window.
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  private static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/pictures/" + name + ".png")));
  }
}

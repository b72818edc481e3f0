package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console can be used with a screen reader and without a mouse. */
class ConsoleAccessibilityIT {

  private static final String AXE = axe();

  private final Chromium chromium = new Chromium();
  private final HostWithConsole host = new HostWithConsole();

  private static String axe() {
    try (InputStream script = ConsoleAccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void fill() {
    host.join("Alice", "5001");
    host.join("Bob", "5000");
    host.call("Dora", "5003");
    Eventually.holds(
        "Dora waits", () -> host.view("council").stream().anyMatch(it -> it.waiting().size() == 1));
  }

  @AfterEach
  void close() {
    chromium.close();
    host.close();
    assertThat(chromium.problems).isEmpty();
  }

  private static void hasNoViolation(Page page, String view) {
    page.evaluate(AXE);
    assertThat(
            page.evaluate(
                "async () => (await axe.run(document)).violations"
                    + ".map((it) => it.id + ': ' + it.nodes.map((node) => node.html).join(' '))"))
        .as(view)
        .isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource({"1440, 900, LIGHT", "1440, 900, DARK", "390, 844, LIGHT", "390, 844, DARK"})
  void axeFindsNoViolationInAnyView(int width, int height, ColorScheme colors) {
    Page page = chromium.open(width, height, colors);
    page.navigate("http://127.0.0.1:" + host.port() + "/console");
    hasNoViolation(page, "login");
    Console console = Console.login(page, host.port());
    hasNoViolation(page, "overview");
    console.open("Board");
    hasNoViolation(page, "room");
    console.button("Mute Bob").click();
    console.says("Bob is muted.");
    console.button("More for Bob").click();
    hasNoViolation(page, "menu");
    console.menuItem("Remove").click();
    hasNoViolation(page, "question");
    page.keyboard().press("Escape");
    page.evaluate("location.hash = '#/acme/rooms/council'");
    assertThat(console.row("Dora")).isVisible();
    hasNoViolation(page, "waiting");
    for (String view : List.of("Callflows", "Door", "History", "Events")) {
      console.goTo(view);
      assertThat(page.locator("#main h1, .feed h2").first()).hasText(view);
      hasNoViolation(page, view);
    }
    page.evaluate("location.hash = '#/acme/callflows/flow-5000'");
    assertThat(page.locator(".caller")).containsText("Bob");
    hasNoViolation(page, "tree");
  }

  @Test
  void everythingIsReachedByKeysAlone() {
    Page page = chromium.open();
    Keyboard keys = page.keyboard();
    page.navigate("http://127.0.0.1:" + host.port() + "/console");
    assertThat(page.getByLabel("Account")).isFocused();
    keys.type(HostWithConsole.ACME.value());
    keys.press("Tab");
    keys.type(HostWithConsole.TOKEN);
    keys.press("Enter");
    Console console = new Console(page);
    console.isLive();
    for (int i = 0; i < 40 && !isAt(page, "#app .room"); i++) {
      keys.press("Tab");
    }
    assertThat(page.locator(".room").first()).isFocused();
    assertThat(page.locator(".room").first()).containsText("Board");
    keys.press("Enter");
    assertThat(page.locator("#main h1")).hasText("Board");
    for (int i = 0; i < 40 && !isAt(page, ".row"); i++) {
      keys.press("Tab");
    }
    keys.press("End");
    assertThat(console.row("Bob")).isFocused();
    keys.press("m");
    console.shows("Bob", "Muted");
    keys.press("d");
    console.shows("Bob", "Deaf");
    assertThat(console.row("Bob")).isFocused();
    keys.press("ArrowRight");
    assertThat(console.button("Unmute Bob")).isFocused();
    keys.press("ArrowRight");
    keys.press("Enter");
    assertThat(console.menuItem("Unmute")).isFocused();
    keys.press("Escape");
    assertThat(console.button("More for Bob")).isFocused();
    keys.press("r");
    assertThat(console.dialog()).containsText("Remove Bob?");
    keys.press("Enter");
    console.says("Bob is removed.");
    Eventually.holds("Bob is out", () -> host.member("board", "Bob").isEmpty());
  }

  private static boolean isAt(Page page, String selector) {
    return Boolean.TRUE.equals(
        page.evaluate("selector => document.activeElement.matches(selector)", selector));
  }
}

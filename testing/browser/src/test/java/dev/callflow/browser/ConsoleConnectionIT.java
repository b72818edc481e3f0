package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.waiting.Eventually;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console loses its connection and continues where it was. */
class ConsoleConnectionIT {

  private final Chromium chromium = new Chromium();
  private final HostWithConsole host = new HostWithConsole();
  private final CuttableProxy proxy = new CuttableProxy(host.port());

  private Console console;

  @BeforeEach
  void openTheConference() {
    host.join("Alice", "5001");
    console = Console.login(chromium.open(), proxy.port());
    console.open("Board");
    assertThat(console.row("Alice")).isVisible();
  }

  @AfterEach
  void close() throws IOException {
    chromium.close();
    proxy.close();
    host.close();
    assertThat(chromium.problems).isEmpty();
  }

  @Test
  void meanwhileItSaysThatItIsNotLiveAndThenShowsWhatItMissedOnce() {
    SimulatedCaller bob = host.join("Bob", "5000");
    assertThat(console.row("Bob")).isVisible();
    proxy.cut();
    assertThat(console.page().locator(".state")).hasText("Not live");
    assertThat(console.page().locator(".banner")).containsText("the connection was lost at ");
    bob.hangUp();
    Eventually.holds("Bob has left", () -> host.member("board", "Bob").isEmpty());
    host.join("Carol", "5000");
    host.join("Dora", "5002");
    assertThat(console.row("Bob")).isVisible();
    proxy.open();
    console.isLive();
    assertThat(console.page().locator(".banner")).isHidden();
    assertThat(console.row("Carol")).isVisible();
    assertThat(console.row("Bob")).hasCount(0);
    console.page().getByLabel("Filter events").fill("left");
    assertThat(console.page().locator(".event")).hasCount(1);
    assertThat(console.page().locator(".event")).containsText("Bob left");
    console.page().getByLabel("Filter events").fill("Carol joined");
    assertThat(console.page().locator(".event")).hasCount(1);
    assertThat(
            console.page().locator(".room").filter(new Locator.FilterOptions().setHasText("Sales")))
        .containsText("1");
  }

  @Test
  void eventsAfterTheReturnAreShownOnce() {
    proxy.cut();
    assertThat(console.page().locator(".state")).hasText("Not live");
    proxy.open();
    console.isLive();
    host.join("Bob", "5000");
    assertThat(console.row("Bob")).hasCount(1);
    console.page().getByLabel("Filter events").fill("Bob joined");
    assertThat(console.page().locator(".event")).hasCount(1);
    assertThat(console.page().locator(".people")).containsText("Participants (2)");
    assertThat(console.page().locator(".about")).containsText("2 in, 1 moderator");
  }

  @Test
  void anActionWithoutAConnectionSaysSo() {
    proxy.cut();
    assertThat(console.page().locator(".state")).hasText("Not live");
    console.button("Lock").click();
    console.complains("It did not work: the host cannot be reached.");
  }
}

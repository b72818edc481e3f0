package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callflow.conference.action.ConferenceAction;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The console with many conferences and participants draws only what has changed. */
class ConsoleScaleIT {

  private static final int ROOMS = 500;
  private static final int PARTICIPANTS = 200;

  private final Chromium chromium = new Chromium();
  private final HostWithConsole host = new HostWithConsole();

  @AfterEach
  void close() {
    chromium.close();
    host.close();
    assertThat(chromium.problems).isEmpty();
  }

  @Test
  void anEventChangesOnlyItsRow() {
    List<SimulatedCaller> callers = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      host.conference("room-%03d".formatted(i), "{\"name\":\"Room %03d\"}".formatted(i));
      host.entrance("7%03d".formatted(i), "room-%03d".formatted(i), false);
      callers.add(host.call("Caller " + i, "7%03d".formatted(i)));
    }
    for (int i = 0; i < PARTICIPANTS; i++) {
      callers.add(host.call("Person %03d".formatted(i), "5000"));
    }
    callers.forEach(
        caller -> Eventually.holds("all are in", () -> caller.awaitJoined(Eventually.LIMIT)));
    Console console = Console.login(chromium.open(), host.port());
    assertThat(console.page().locator(".count")).hasText("501 running, 3 idle");
    assertThat(console.page().locator(".rooms li")).hasCount(ROOMS + 4);
    console.open("Board");
    assertThat(console.page().locator(".row")).hasCount(PARTICIPANTS);
    console
        .page()
        .evaluate(
            """
            window.changed = new Set();
            new MutationObserver((changes) => changes.forEach((change) => {
              const at = change.target.nodeType === 1 ? change.target : change.target.parentElement;
              // The times of all rows change every second.
              if (!at.closest('.time, .about')) {
                window.changed.add(at.closest('.row, .rooms li, .feed')?.className + ' '
                    + (at.closest('.row, .rooms li')?.querySelector('.name').textContent ?? ''));
              }
            })).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
            """);
    host.host
        .conferences()
        .conference(HostWithConsole.ACME, "board")
        .perform(
            new ConferenceAction.Mute(
                host.member("board", "Person 123").orElseThrow().call().value(), true),
            "scale");
    console.shows("Person 123", "Muted");
    assertThat(console.page().evaluate("[...window.changed].sort().join()"))
        .asString()
        .contains("row Person 123")
        .doesNotContain("Person 122", "Person 124", "Room 0");
  }
}

package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.waiting.Eventually;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts of strangers are shown by the console, and never run or load anything. */
class ConsolePayloadsIT {

  private final Chromium chromium = new Chromium();
  private final HostWithConsole host = new HostWithConsole();
  private final List<String> payloads = Payloads.all();

  private Console console;

  @BeforeEach
  void putPayloadsEverywhere() {
    for (int i = 0; i < payloads.size(); i++) {
      String text = payloads.get(i);
      host.store.put(
          HostWithConsole.ACME,
          DocumentType.CONFERENCE,
          "evil-" + i,
          Json.object().put("name", text));
      host.store.put(
          HostWithConsole.ACME, DocumentType.MEDIA, "evil-" + i, Json.object().put("name", text));
      host.store.put(
          HostWithConsole.ACME,
          DocumentType.CALLFLOW,
          "evil-" + i,
          Json.object()
              .put("name", text)
              .set(
                  "flow",
                  Json.object().put("module", text).set("data", Json.object().put("id", text))));
    }
    host.join("Alice", "5005");
    List<SimulatedCaller> callers = new ArrayList<>();
    for (String text : payloads) {
      callers.add(host.freeSwitch.call(text, text, "5000"));
    }
    callers.forEach(
        caller -> Eventually.holds("all are in", () -> caller.awaitJoined(Eventually.LIMIT)));
    console = Console.login(chromium.open(), host.port());
  }

  @AfterEach
  void nothingRan() {
    Page page = console.page();
    assertThat(page.evaluate("window.pwned === undefined")).isEqualTo(true);
    assertThat(
            page.locator(
                    "script:not([src='main.js']), iframe, object, embed, video, audio, img, base,"
                        + " style, [onerror], [onload], [onfocus], [style*=url],"
                        + " a[href^=javascript]")
                .count())
        .isZero();
    chromium.close();
    host.close();
    assertThat(chromium.problems).isEmpty();
    assertThat(chromium.requests)
        .allSatisfy(request -> {
          URI target = URI.create(request);
          assertThat(target.getHost()).isEqualTo("127.0.0.1");
          assertThat(target.getPath()).matches("/(console|v2/accounts/acme)/.*|/console");
        })
        .noneMatch(request -> URI.create(request).getPath().matches("/pwned.*"));
  }

  @Test
  void twoHundredPayloadsAreShownAsText() {
    assertThat(payloads).doesNotHaveDuplicates().hasSize(200);
    Page page = console.page();
    assertThat(page.locator(".rooms li")).hasCount(204);
    console.open("Board");
    assertThat(page.locator(".row")).hasCount(200);
    assertThat(page.locator(".row .name").allTextContents())
        .containsExactlyInAnyOrderElementsOf(payloads);
    // The menu, and the questions about a participant with a name that is markup.
    page.locator(".row [aria-haspopup]").first().click();
    console.menuItem("Move…").click();
    assertThat(console.dialog().locator("option")).hasCount(203);
    page.keyboard().press("Escape");
    page.locator(".row [aria-haspopup]").nth(1).click();
    console.menuItem("Remove and ban").click();
    console.confirm();
    assertThat(page.locator(".row")).hasCount(199);
    console.button("Play").click();
    assertThat(console.dialog().locator("datalist option")).hasCount(201);
    page.keyboard().press("Escape");
    // Refusals, with the events of all of them opened.
    for (String text : payloads) {
      host.freeSwitch.call(text, text, "5005");
    }
    console.goTo("Door");
    assertThat(page.locator("tbody tr")).hasCount(200);
    console.goTo("Events");
    assertThat(page.locator(".event")).hasCount(200);
    page.evaluate("document.querySelectorAll('details').forEach((it) => it.open = true)");
    assertThat(page.locator(".event pre")).hasCount(200);
  }

  @Test
  void callflowsWithPayloadsAreDrawnAsText() {
    Page page = console.page();
    console.goTo("Callflows");
    assertThat(page.locator(".links li")).hasCount(207);
    assertThat(page.locator(".links .name").allTextContents()).containsAll(payloads);
    for (int i = 0; i < payloads.size(); i += 10) {
      page.evaluate("id => location.hash = `#/acme/callflows/${id}`", "evil-" + i);
      assertThat(page.locator(".module")).hasText(payloads.get(i).strip());
    }
  }

  @Test
  void idsInTheAddressNameNoOtherPath() {
    Page page = console.page();
    List<String> views = List.of("rooms", "callflows", "history", "events");
    for (int i = 0; i < payloads.size(); i++) {
      String view = views.get(i % views.size());
      page.evaluate(
          "([view, id]) => location.hash = `#/acme/${view}/${encodeURIComponent(id)}`",
          List.of(view, payloads.get(i)));
      assertThat(page.locator(".shell")).hasAttribute("data-view", view);
    }
    page.evaluate("location.hash = '#/acme/rooms/board'");
    assertThat(page.locator("#main h1")).hasText("Board");
  }
}

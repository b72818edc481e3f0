package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The console as its user sees it. */
record Console(Page page) {

  /** Opens the page and logs in. */
  static Console login(Page page, int port) {
    page.navigate("http://127.0.0.1:" + port + "/console");
    page.getByLabel("Account").fill(HostWithConsole.ACME.value());
    page.locator("#login-token").fill(HostWithConsole.TOKEN);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
    Console console = new Console(page);
    console.isLive();
    return console;
  }

  void isLive() {
    assertThat(page.locator(".state")).hasText("Live");
  }

  void open(String room) {
    page.locator(".room", new Page.LocatorOptions().setHasText(room)).first().click();
    assertThat(page.locator("#main h1")).hasText(room);
    assertThat(page.locator(".people")).isVisible();
  }

  void goTo(String view) {
    page.locator(".tab", new Page.LocatorOptions().setHasText(view)).click();
  }

  Locator row(String name) {
    return page.locator(".row", new Page.LocatorOptions().setHasText(name));
  }

  /** Checks that a participant's row shows a state such as Muted. */
  void shows(String participant, String state) {
    assertThat(chip(row(participant), state)).isVisible();
  }

  /** Checks that a participant's row does not show a state. */
  void showsNot(String participant, String state) {
    assertThat(chip(row(participant), state)).isHidden();
  }

  /** Checks that the headline of the conference shows a state such as Locked. */
  void isShown(String state) {
    assertThat(chip(page.locator(".headline"), state)).isVisible();
  }

  private static Locator chip(Locator in, String state) {
    return in.locator(".chip", new Locator.LocatorOptions().setHasText(state));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Chooses an action in the menu of a participant. */
  void choose(String participant, String action) {
    button("More for " + participant).click();
    menuItem(action).click();
  }

  Locator menuItem(String action) {
    return page.getByRole(
        AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(action).setExact(true));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** Confirms the dialog that is open. */
  void confirm() {
    dialog().locator("[type=submit]").click();
  }

  void says(String notice) {
    assertThat(page.locator("#notices")).containsText(notice);
  }

  void complains(String alert) {
    assertThat(page.locator("#alerts")).containsText(alert);
  }
}

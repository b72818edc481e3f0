package dev.callflow.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.callflow.conference.RoomView;
import dev.callflow.conference.mixer.Member;
import dev.callflow.simulator.wire.SimulatedCaller;
import dev.callflow.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each action of the console changes the conference, and the page shows it. */
class ConsoleActionsIT {

  private static Chromium chromium;

  private HostWithConsole host;
  private Console console;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void logIn() {
    host = new HostWithConsole();
    host.join("Alice", "5001");
    host.join("Bob", "5000");
    console = Console.login(chromium.open(), host.port());
    console.open("Board");
    assertThat(console.row("Bob")).isVisible();
  }

  @AfterEach
  void end() {
    console.page().context().close();
    host.close();
    assertThat(chromium.problems).isEmpty();
  }

  private Member bob() {
    return host.member("board", "Bob").orElseThrow();
  }

  private RoomView board() {
    return host.view("board").orElseThrow();
  }

  @Test
  void aParticipantIsMutedAndCanTalkAgain() {
    console.button("Mute Bob").click();
    console.says("Bob is muted.");
    assertThat(bob().muted()).isTrue();
    console.shows("Bob", "Muted");
    console.button("Unmute Bob").click();
    console.says("Bob can talk.");
    assertThat(bob().muted()).isFalse();
    console.showsNot("Bob", "Muted");
  }

  @Test
  void aParticipantIsDeafenedAndHearsAgain() {
    console.choose("Bob", "Deafen");
    console.says("Bob hears nobody.");
    assertThat(bob().deaf()).isTrue();
    console.shows("Bob", "Deaf");
    console.choose("Bob", "Let hear");
    console.says("Bob hears the others.");
    assertThat(bob().deaf()).isFalse();
  }

  @Test
  void aParticipantBecomesModeratorAndParticipantAgain() {
    console.choose("Bob", "Make moderator");
    console.says("Bob is a moderator.");
    assertThat(bob().moderator()).isTrue();
    console.shows("Bob", "Moderator");
    assertThat(console.page().locator(".about")).containsText("2 in, 2 moderators");
    console.choose("Bob", "Make participant");
    console.says("Bob is a participant.");
    assertThat(bob().moderator()).isFalse();
    assertThat(console.page().locator(".about")).containsText("2 in, 1 moderator");
  }

  @Test
  void aParticipantIsRemovedOnlyAfterAQuestion() {
    console.choose("Bob", "Remove");
    assertThat(console.dialog()).containsText("Remove Bob?");
    console.dialog().locator("text=Cancel").click();
    assertThat(console.row("Bob")).isVisible();
    console.choose("Bob", "Remove");
    console.confirm();
    console.says("Bob is removed.");
    assertThat(host.member("board", "Bob")).isEmpty();
    assertThat(console.row("Bob")).hasCount(0);
  }

  @Test
  void aBannedParticipantDoesNotComeBack() {
    console.choose("Bob", "Remove and ban");
    console.confirm();
    console.says("Bob is removed and banned.");
    SimulatedCaller again = host.call("Bob", "5000");
    Eventually.holds("Bob is refused", () -> again.awaitEnded(Duration.ofSeconds(1)));
    console.goTo("Door");
    assertThat(console.page().locator("table")).containsText("the number is banned");
  }

  @Test
  void aParticipantIsMovedToAnotherConference() {
    host.join("Carol", "5002");
    console.choose("Bob", "Move…");
    console.dialog().locator("select").selectOption("sales");
    console.confirm();
    console.says("Bob is moved.");
    Eventually.holds("Bob is in sales", () -> host.member("sales", "Bob").isPresent());
    assertThat(console.row("Bob")).hasCount(0);
    console.open("Sales");
    assertThat(console.row("Bob")).isVisible();
  }

  @Test
  void aWaitingCallerIsAdmitted() {
    host.call("Dora", "5003");
    console.open("Council");
    assertThat(console.page().locator(".people")).containsText("Waiting (1)");
    console.button("Admit Dora").click();
    console.says("Dora is let in.");
    Eventually.holds("Dora is in", () -> host.member("council", "Dora").isPresent());
    assertThat(console.page().locator(".people")).containsText("Participants (1)");
  }

  @Test
  void theConferenceIsLockedAndUnlocked() {
    console.button("Lock").click();
    console.says("The conference is locked.");
    assertThat(board().locked()).isTrue();
    console.isShown("Locked");
    console.button("Unlock").click();
    console.says("The conference is unlocked.");
    assertThat(board().locked()).isFalse();
  }

  @Test
  void theConferenceIsRecorded() {
    console.button("Record").click();
    console.says("The recording runs.");
    assertThat(board().recording()).isTrue();
    console.isShown("Recording");
    console.button("Stop recording").click();
    console.says("The recording has stopped.");
    assertThat(board().recording()).isFalse();
  }

  @Test
  void mediaArePlayedToTheConference() {
    console.button("Play").click();
    assertThat(console.dialog().locator("option[value=jingle]")).hasText("Jingle");
    console.dialog().getByLabel("Media").fill("jingle");
    console.confirm();
    console.says("The room hears it.");
    assertThat(console.page().locator(".events")).containsText("Plays");
  }

  @Test
  void whoIsDialledIsSeenRingingAndInTheConference() {
    console.button("Dial").click();
    console.dialog().getByLabel("Numbers").fill("6000");
    console.confirm();
    console.says("6000 is in the conference.");
    Eventually.holds("three are in", () -> board().participants().size() == 3);
    assertThat(console.page().locator(".people")).containsText("Participants (3)");
  }

  @Test
  void whoCannotBeDialledIsNamedWithTheReason() {
    console.button("Dial").click();
    console.dialog().getByLabel("Numbers").fill("0123456789abcdef0123456789abcdef");
    console.confirm();
    console.complains("0123456789abcdef0123456789abcdef did not join: ");
  }

  @Test
  void everybodyButModeratorsIsMuted() {
    console.button("Mute all").click();
    console.says("All participants except moderators are muted.");
    assertThat(bob().muted()).isTrue();
    assertThat(host.member("board", "Alice").orElseThrow().muted()).isFalse();
  }

  @Test
  void theConferenceIsEnded() {
    console.button("End").click();
    console.confirm();
    console.says("The conference has ended.");
    console.isShown("Not running");
    assertThat(console.page().locator(".people")).containsText("Nobody is in this conference.");
    assertThat(host.view("board").map(RoomView::running).orElse(false)).isFalse();
  }

  @Test
  void whatTheHostRefusesIsShownWithItsReason() {
    console.button("Play").click();
    console.dialog().getByLabel("Media").fill("0123456789abcdef0123456789abcdef");
    console.confirm();
    console.complains("It did not work: ");
  }

  @Test
  void whoTalksIsShownWhileTheyTalk() {
    SimulatedCaller carol = host.join("Carol", "5000");
    carol.talk(Duration.ofMinutes(10));
    console.shows("Carol", "Talking");
    carol.hangUp();
    assertThat(console.row("Carol")).hasCount(0);
  }

  @Test
  void theCallflowShowsAtWhichNodeACallerIs() {
    console.goTo("Callflows");
    console.page().locator(".links a", new Page.LocatorOptions().setHasText("To 5000")).click();
    assertThat(console.page().locator(".node[data-busy=true]")).containsText("Bob");
    assertThat(console.page().locator(".node")).containsText("Board");
  }

  @Test
  void aFilterLeavesTheEventsThatContainItsWords() {
    host.join("Carol", "5000");
    host.join("Dora", "5000");
    assertThat(console.page().locator(".event")).hasCount(2);
    console.page().getByLabel("Filter events").fill("carol");
    assertThat(console.page().locator(".event")).hasCount(1);
    assertThat(console.page().locator(".event")).containsText("Carol joined");
  }

  @Test
  void afterLoggingOutThePageShowsNothingAndHasNoToken() {
    console.page().locator("text=Log out").click();
    assertThat(console.page().locator("#login-token")).hasValue("");
    assertThat(console.page().locator(".room")).hasCount(0);
    assertThat(
            console
                .page()
                .evaluate(
                    "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))
        .isEqualTo("[{},{},\"\"]");
  }

  @Test
  void aPasswordLeavesThePageOnlyAsADigestAndItsTokenIsRevokedAfterwards() {
    Page page = chromium.open();
    List<String> sent = new ArrayList<>();
    // What a host with logins answers.
    page.route(
        "**/v2/user_auth",
        route -> {
          sent.add(route.request().postData());
          route.fulfill(
              new Route.FulfillOptions()
                  .setStatus(201)
                  .setContentType("application/json")
                  .setBody(
                      "{\"auth_token\":\"%s\",\"data\":{\"account_id\":\"acme\"}}"
                          .formatted(HostWithConsole.TOKEN)));
        });
    page.route(
        "**/v2/token_auth",
        route -> {
          sent.add(route.request().method() + " " + route.request().headerValue("X-Auth-Token"));
          route.fulfill(new Route.FulfillOptions().setStatus(200).setBody("{}"));
        });
    page.navigate("http://127.0.0.1:" + host.port() + "/console/");
    page.locator("text=Use a user and a password").click();
    page.getByLabel("Account").fill("Acme Ltd");
    page.locator("#login-user").fill("anna");
    page.locator("#login-password").fill("secret");
    page.locator(".card [type=submit]").click();
    new Console(page).isLive();
    page.locator("text=Log out").click();
    assertThat(page.getByLabel("Account")).isVisible();
    Eventually.holds(
        "the token is revoked",
        () -> {
          page.evaluate("1");
          return sent.size() == 2;
        });
    assertThat(sent)
        .containsExactly(
            // The SHA-1 of "anna:secret".
            "{\"data\":{\"credentials\":\"59aa7f7cb683d7504b2414feedf903715c5a4fb7\",\"method\":\"sha\",\"account_name\":\"Acme"
                + " Ltd\"}}",
            "DELETE " + HostWithConsole.TOKEN);
    page.context().close();
  }

  @Test
  void aWrongTokenIsRefusedWithASentence() {
    Page page = chromium.open();
    page.navigate("http://127.0.0.1:" + host.port() + "/console/");
    page.getByLabel("Account").fill("acme");
    page.locator("#login-token").fill("wrong");
    page.locator("text=Log in").last().click();
    assertThat(page.locator(".problem")).containsText("Not logged in: ");
    page.context().close();
  }
}

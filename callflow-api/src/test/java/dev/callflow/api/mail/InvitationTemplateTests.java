package dev.callflow.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InvitationTemplateTests {

  private static final Invitation INVITATION =
      new Invitation(
          new RoomId(new AccountId("acme"), "red"),
          "Red & <b>blue</b>",
          "https://link.to/red?a=1&b=2",
          "Hello,\n<script>alert(1)</script>",
          List.of("a@example.com"),
          Json.object());

  @Test
  void oursHasTextAndHtml() {
    Letter letter = InvitationTemplate.DEFAULT.letter(INVITATION, "a@example.com");
    assertThat(letter.guest()).isEqualTo("a@example.com");
    assertThat(letter.subject()).isEqualTo("Invitation to the conference Red & <b>blue</b>");
    assertThat(letter.text())
        .contains("Hello,\n<script>alert(1)</script>", "https://link.to/red?a=1&b=2");
    assertThat(letter.html().orElseThrow())
        .contains("&lt;script&gt;", "Red &amp; &lt;b&gt;blue&lt;/b&gt;", "a&#x3D;1&amp;b&#x3D;2")
        .doesNotContain("<script>", "<b>");
  }

  @Test
  void aSubjectIsOneLine() {
    Letter letter =
        InvitationTemplate.of("{{invite_message}}\r\nBcc: eve@example.com", "text")
            .letter(INVITATION, "a@example.com");
    assertThat(letter.subject()).doesNotContain("\r", "\n").startsWith("Hello, <script>");
    assertThat(letter.html()).isEmpty();
  }

  @Test
  void theAccountsConfigurationReplacesOurs() {
    Letter subject =
        InvitationTemplate.DEFAULT
            .with(json("{'subject':'Einladung: {{conference_name}}'}"))
            .letter(INVITATION, "a@example.com");
    assertThat(subject.subject()).isEqualTo("Einladung: Red & <b>blue</b>");
    assertThat(subject.html()).isPresent();
    Letter text =
        InvitationTemplate.DEFAULT
            .with(json("{'text':'{{conference_id}}: {{conference_link}}'}"))
            .letter(INVITATION, "a@example.com");
    assertThat(text.text()).isEqualTo("red: https://link.to/red?a=1&b=2");
    assertThat(text.html()).isEmpty();
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    for (String bad :
        new String[] {"{'text':'{{#open}}'}", "{'html':'<p>'}", "{'text':'{{>partial}}'}"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InvitationTemplate.DEFAULT.with(json(bad)));
    }
  }

  @Test
  void aTemplateReachesNothingButTheTexts() {
    Letter letter =
        InvitationTemplate.of(
                "s", "[{{conference_name.getClass}}{{getClass}}{{invite_message.length}}]")
            .letter(INVITATION, "a@example.com");
    assertThat(letter.text()).isEqualTo("[]");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.read(text.replace('\'', '"'));
  }
}

package dev.callflow.api.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.callflow.api.mail.GuestInvitation;
import dev.callflow.conference.mixer.RoomId;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InvitationTemplateTests {

  private static final GuestInvitation INVITATION =
      new GuestInvitation(
          new RoomId(new AccountId("acme"), "red"),
          "Red & <b>blue</b>",
          "https://link.to/red?a=1&b=2",
          "Hello,\n<script>alert(1)</script>",
          List.of("a@example.com"),
          Json.object());

  @Test
  void theDefaultTemplateHasTextAndHtml() {
    MailMessage mail = InvitationTemplate.DEFAULT.mail(INVITATION, "a@example.com");
    assertThat(mail.guest()).isEqualTo("a@example.com");
    assertThat(mail.subject()).isEqualTo("Invitation to the conference Red & <b>blue</b>");
    assertThat(mail.text())
        .contains("Hello,\n<script>alert(1)</script>", "https://link.to/red?a=1&b=2");
    assertThat(mail.html().orElseThrow())
        .contains("&lt;script&gt;", "Red &amp; &lt;b&gt;blue&lt;/b&gt;", "a&#x3D;1&amp;b&#x3D;2")
        .doesNotContain("<script>", "<b>");
  }

  @Test
  void theSubjectIsASingleLine() {
    MailMessage mail =
        InvitationTemplate.of("{{invite_message}}\r\nBcc: eve@example.com", "text")
            .mail(INVITATION, "a@example.com");
    assertThat(mail.subject()).doesNotContain("\r", "\n").startsWith("Hello, <script>");
    assertThat(mail.html()).isEmpty();
  }

  @Test
  void theAccountsConfigurationReplacesTheDefaultTemplate() {
    MailMessage subject =
        InvitationTemplate.DEFAULT
            .with(json("{'subject':'Einladung: {{conference_name}}'}"))
            .mail(INVITATION, "a@example.com");
    assertThat(subject.subject()).isEqualTo("Einladung: Red & <b>blue</b>");
    assertThat(subject.html()).isPresent();
    MailMessage text =
        InvitationTemplate.DEFAULT
            .with(json("{'text':'{{conference_id}}: {{conference_link}}'}"))
            .mail(INVITATION, "a@example.com");
    assertThat(text.text()).isEqualTo("red: https://link.to/red?a=1&b=2");
    assertThat(text.html()).isEmpty();
  }

  @Test
  void anInvalidTemplateIsRefused() {
    for (String bad :
        new String[] {"{'text':'{{#open}}'}", "{'html':'<p>'}", "{'text':'{{>partial}}'}"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InvitationTemplate.DEFAULT.with(json(bad)));
    }
  }

  @Test
  void aTemplateCannotCallMethodsOfItsValues() {
    MailMessage mail =
        InvitationTemplate.of(
                "s", "[{{conference_name.getClass}}{{getClass}}{{invite_message.length}}]")
            .mail(INVITATION, "a@example.com");
    assertThat(mail.text()).isEqualTo("[]");
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}

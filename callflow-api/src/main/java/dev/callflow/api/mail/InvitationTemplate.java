package dev.callflow.api.mail;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.callflow.core.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subject and body of invitations, as Mustache templates over {@code conference_name}, {@code
 * conference_link}, {@code invite_message} and {@code conference_id}.
 *
 * <p>Immutable. In HTML whatever is filled in is escaped; a template reaches nothing but those four
 * texts.
 */
public final class InvitationTemplate {

  /** Ours, in English. */
  public static final InvitationTemplate DEFAULT =
      of(
          "Invitation to the conference {{conference_name}}",
          resource("invitation.txt"),
          resource("invitation.html"));

  private final Template subject;
  private final Template text;
  private final @Nullable Template html;

  private InvitationTemplate(Template subject, Template text, @Nullable Template html) {
    this.subject = subject;
    this.text = text;
    this.html = html;
  }

  /**
   * Makes a template of text only.
   *
   * @param subject the subject; line breaks become blanks
   * @param text the body
   * @return the template
   * @throws IllegalArgumentException if one is no Mustache template
   */
  public static InvitationTemplate of(String subject, String text) {
    return new InvitationTemplate(compiled(subject, false), compiled(text, false), null);
  }

  /**
   * Makes a template of text and HTML.
   *
   * @param subject the subject; line breaks become blanks
   * @param text the body for those who see no HTML
   * @param html the body
   * @return the template
   * @throws IllegalArgumentException if one is no Mustache template
   */
  public static InvitationTemplate of(String subject, String text, String html) {
    return new InvitationTemplate(
        compiled(subject, false), compiled(text, false), compiled(html, true));
  }

  /**
   * Puts what an account's configuration says in the place of this template: {@code subject},
   * {@code text} and {@code html}. With {@code text} alone, mails have no HTML.
   *
   * @throws IllegalArgumentException if it is no template, or {@code html} has no {@code text}
   */
  InvitationTemplate with(ObjectNode settings) {
    Optional<String> otherText = Json.text(settings, "text");
    Optional<String> otherHtml = Json.text(settings, "html");
    if (otherHtml.isPresent() && otherText.isEmpty()) {
      throw new IllegalArgumentException("html needs a text for those who see none");
    }
    return new InvitationTemplate(
        Json.text(settings, "subject").map(it -> compiled(it, false)).orElse(subject),
        otherText.map(it -> compiled(it, false)).orElse(text),
        otherText.isEmpty() ? html : otherHtml.map(it -> compiled(it, true)).orElse(null));
  }

  MailMessage mail(GuestInvitation invitation, String guest) {
    Map<String, String> values =
        Map.of(
            "conference_name", invitation.name(),
            "conference_link", invitation.link(),
            "invite_message", invitation.message(),
            "conference_id", invitation.room().conference());
    return new MailMessage(
        guest,
        subject.execute(values).replaceAll("\\p{Cntrl}+", " ").strip(),
        text.execute(values),
        Optional.ofNullable(html).map(it -> it.execute(values)));
  }

  private static Template compiled(String template, boolean html) {
    try {
      Template compiled =
          Mustache.compiler()
              .escapeHTML(html)
              .defaultValue("")
              .withCollector(new OnlyMaps())
              .withLoader(name -> {
                throw new MustacheException("there are no other templates");
              })
              .compile(template);
      // Some mistakes show only when it is filled in, and then it is too late.
      compiled.execute(Map.of());
      return compiled;
    } catch (MustacheException e) {
      throw new IllegalArgumentException("a mail template is wrong: " + e.getMessage(), e);
    }
  }

  /** The usual collector would call methods of what is filled in. */
  private static final class OnlyMaps extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  private static String resource(String name) {
    try (InputStream stream = InvitationTemplate.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("there is no " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}

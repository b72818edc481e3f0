package dev.callflow.api.smtp;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.callflow.api.mail.GuestInvitation;
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
 * The subject and body of invitations, as Mustache templates with the variables {@code
 * conference_name}, {@code conference_link}, {@code invite_message} and {@code conference_id}.
 *
 * <p>Immutable. Values are escaped in HTML. A template has access to these four variables only.
 */
public final class InvitationTemplate {

  /** The built-in template, in English. */
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
   * Creates a template for plain text only.
   *
   * @param subject the subject; line breaks become spaces
   * @param text the body
   * @return the template
   * @throws IllegalArgumentException if a parameter is not a valid Mustache template
   */
  public static InvitationTemplate of(String subject, String text) {
    return new InvitationTemplate(compiled(subject, false), compiled(text, false), null);
  }

  /**
   * Creates a template for plain text and HTML.
   *
   * @param subject the subject; line breaks become spaces
   * @param text the body in plain text, for mail clients that do not display HTML
   * @param html the body in HTML
   * @return the template
   * @throws IllegalArgumentException if a parameter is not a valid Mustache template
   */
  public static InvitationTemplate of(String subject, String text, String html) {
    return new InvitationTemplate(
        compiled(subject, false), compiled(text, false), compiled(html, true));
  }

  /**
   * Returns a copy with {@code subject}, {@code text} and {@code html} replaced by those that an
   * account's configuration contains. If the configuration contains {@code text} without {@code
   * html}, emails have no HTML part.
   *
   * @throws IllegalArgumentException if a value is not a valid template, or if {@code html} is
   *     present without {@code text}
   */
  InvitationTemplate with(ObjectNode settings) {
    Optional<String> otherText = Json.text(settings, "text");
    Optional<String> otherHtml = Json.text(settings, "html");
    if (otherHtml.isPresent() && otherText.isEmpty()) {
      throw new IllegalArgumentException(
          "\"html\" requires \"text\", for mail clients that do not display HTML");
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
                throw new MustacheException("partial templates are not supported");
              })
              .compile(template);
      // Some errors appear only on execution: find them now rather than when an invitation is sent.
      compiled.execute(Map.of());
      return compiled;
    } catch (MustacheException e) {
      throw new IllegalArgumentException("invalid email template: " + e.getMessage(), e);
    }
  }

  /** Looks up values in maps only; the default collector would also call methods of the values. */
  private static final class OnlyMaps extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  private static String resource(String name) {
    try (InputStream stream = InvitationTemplate.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}

package dev.callflow.api.webhook;

import dev.callflow.core.document.DocumentSchema;
import dev.callflow.core.document.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** What a document of a webhook may contain. */
public final class WebhookSchema {

  /** The keys that say why and when the host has switched a webhook off. */
  public static final String DISABLED_REASON = "disabled_reason";

  /** See {@link #DISABLED_REASON}. */
  public static final String DISABLED_AT = "disabled_at";

  /**
   * How many webhooks an account may have; those behind them in the order of ids are not served.
   */
  public static final int MAX_PER_ACCOUNT = 50;

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load("webhooks", WebhookSchema.class.getResourceAsStream("webhooks.json"));

  private WebhookSchema() {}

  /**
   * Returns the schema.
   *
   * @return a copy of the schema, draft 7
   */
  public static ObjectNode schema() {
    return SCHEMA.source();
  }

  /**
   * Adds the defaults to a document.
   *
   * @param body the document
   * @return a changed copy
   */
  public static ObjectNode complete(ObjectNode body) {
    ObjectNode whole = SCHEMA.withDefaults(SCHEMA.repaired(body));
    if (whole.path("enabled").asBoolean(true)) {
      whole.remove(List.of(DISABLED_REASON, DISABLED_AT));
    }
    return whole;
  }

  /**
   * Checks a document.
   *
   * @param body the document
   * @return what is wrong with it; empty if it is valid
   */
  public static List<Violation> violations(ObjectNode body) {
    List<Violation> violations = new ArrayList<>(SCHEMA.violations(body));
    if (violations.isEmpty()) {
      ofTarget(body.path("uri").asString())
          .ifPresent(reason -> violations.add(violation("/uri", "format", reason)));
      if (body.has("events") && !body.path("hook").asString(Webhook.ALL).equals(Webhook.ALL)) {
        violations.add(
            violation("/events", "invalid", "is possible only with the hook \"conference\""));
      }
    }
    return violations;
  }

  private static Optional<String> ofTarget(String text) {
    URI target;
    try {
      target = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.of("must be a URL such as https://example.com/events");
    }
    if (target.getScheme() == null || target.getHost() == null || target.getPort() > 65_535) {
      return Optional.of("must be a URL such as https://example.com/events");
    }
    if (target.getRawUserInfo() != null || target.getRawFragment() != null) {
      return Optional.of("must have neither a user nor a fragment");
    }
    return Optional.empty();
  }

  private static Violation violation(String pointer, String rule, String message) {
    return new Violation(JsonPointer.compile(pointer), rule, Optional.empty(), message);
  }
}

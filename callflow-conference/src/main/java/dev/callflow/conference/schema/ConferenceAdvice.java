package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.core.call.FoundMedia;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Warns about settings of a conference document that are valid but probably mistaken; used by
 * {@code lint}.
 *
 * <p>Messages never contain a PIN. Invalid settings are reported by {@link ConferenceSchemas}.
 */
public final class ConferenceAdvice {

  private final Advice advice;
  private final WayInAdvice wayIn;
  private final KeyAdvice keys;
  private final ProfileAdvice profile;

  private ConferenceAdvice(Advice advice) {
    this.advice = advice;
    this.wayIn = new WayInAdvice(advice);
    this.keys = new KeyAdvice(advice);
    this.profile = new ProfileAdvice(advice);
  }

  /**
   * Examines a single document: a conference, or a callflow with conference elements.
   *
   * @param document the document
   * @return the warnings; empty if there are none
   */
  public static List<Problem> of(Document document) {
    return examine(document, new Advice(new AccountId("lint"), new MemoryStore(), false));
  }

  /**
   * Examines a document, taking into account the other documents of its account.
   *
   * @param document the document
   * @param account the account of the document
   * @param store the store with all documents of the account
   * @return the warnings; empty if there are none
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot be read
   */
  public static List<Problem> of(Document document, AccountId account, DocumentStore store) {
    return examine(document, new Advice(account, store, true));
  }

  private static List<Problem> examine(Document document, Advice advice) {
    new ConferenceAdvice(advice).examine(document);
    return advice.problems();
  }

  private void examine(Document document) {
    switch (document.type()) {
      case CONFERENCE -> {
        if (!Json.object(document.body(), "member").orElseGet(Json::object).has("join_muted")) {
          advice.warn(
              "/member/join_muted",
              "is not set, so regular participants join muted; set it to true if this is intended");
        }
        conference("", document.body(), Optional.of(document.id()));
        media("", ConferenceMedia.ofConference(document.body()));
        wayIn.numbersOfOthers(document);
      }
      case CALLFLOW -> node("/flow", document.body().get("flow"));
      case DEVICE, USER, MEDIA, WEBHOOK -> {}
    }
  }

  // ---- callflows

  private void node(String place, @Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return;
    }
    String module = Json.text(node, "module").orElse("");
    if (module.equals("conference") || module.equals("conference_feature")) {
      Json.object(node, "data").ifPresent(data -> element(place + "/data", data, module));
    }
    Json.object(node, "children")
        .ifPresent(children ->
            children
                .properties()
                .forEach(child ->
                    node(place + "/children/" + Advice.escaped(child.getKey()), child.getValue())));
  }

  private void element(String place, ObjectNode data, String module) {
    media(place, ConferenceMedia.ofElement(data));
    Optional<ObjectNode> config = Json.object(data, "config");
    config.ifPresent(of -> conference(place + "/config", of, Optional.empty()));
    Optional<String> id = Json.text(data, "id");
    if (advice.isComplete()
        && module.equals("conference")
        && id.isPresent()
        && config.isEmpty()
        && advice.store().find(advice.account(), DocumentType.CONFERENCE, id.get()).isEmpty()) {
      advice.warn(
          place + "/id", "is not the id of a conference of the account; callers will be refused");
    }
  }

  // ---- conferences

  private void conference(String place, ObjectNode body, Optional<String> id) {
    wayIn.examine(place, body, id);
    timers(place, body);
    keys.examine(place, body);
    profile.examine(place, body);
    if (body.has("focus")) {
      advice.warn(place + "/focus", "is read-only; the value in the document is ignored");
    }
  }

  private void timers(String place, ObjectNode body) {
    boolean requires = Json.bool(body, "require_moderator").orElse(false);
    if (body.has("endconf_grace_time") && !requires) {
      advice.warn(place + "/endconf_grace_time", "has no effect without require_moderator");
    }
    if (body.has("wait_timeout") && !Json.bool(body, "wait_for_moderator").orElse(false)) {
      advice.warn(place + "/wait_timeout", "has no effect without wait_for_moderator");
    }
    if (Json.bool(body, "auto_record").orElse(false)
        && Json.integer(body, "max_participants").filter(limit -> limit == 1).isPresent()) {
      advice.warn(
          place + "/auto_record",
          "has no effect: recording starts with two participants, but max_participants is 1");
    }
  }

  // ---- sounds

  /** Warns about unknown media. Media that may not be played is reported as an error elsewhere. */
  private void media(String place, Map<String, String> references) {
    if (advice.isComplete()) {
      references.forEach((at, text) -> {
        FoundMedia found = MediaGuard.standard().find(text, "", advice.account(), advice.store());
        if (found instanceof FoundMedia.Unknown) {
          found.problem().ifPresent(why -> advice.warn(place + at, why));
        }
      });
    }
  }
}

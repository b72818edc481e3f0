package dev.callflow.conference.schema;

import dev.callflow.conference.document.ConferenceMedia;
import dev.callflow.conference.document.KeyAction;
import dev.callflow.conference.document.RoomProfiles;
import dev.callflow.core.call.FoundMedia;
import dev.callflow.core.call.MediaGuard;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.Problem;
import dev.callflow.core.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Warns of what is legal in conferences and surely unwanted; for {@code lint}.
 *
 * <p>Messages never repeat a PIN. What is simply wrong is told by {@link ConferenceSchemas}.
 */
public final class ConferenceAdvice {

  /** A shorter PIN is found by guessing although guesses are limited. */
  private static final int SAFE_PIN_LENGTH = 6;

  private static final List<String> DOORS = List.of("member", "moderator");

  private final AccountId account;
  private final DocumentStore store;

  /** Whether all documents of the account are known, so that what is missing is missing. */
  private final boolean complete;

  private final List<Problem> warnings = new ArrayList<>();

  private ConferenceAdvice(AccountId account, DocumentStore store, boolean complete) {
    this.account = account;
    this.store = store;
    this.complete = complete;
  }

  /**
   * Looks at a single document: a conference, or a callflow with conference elements in it.
   *
   * @param document the document
   * @return warnings; empty if there is nothing to warn of
   */
  public static List<Problem> of(Document document) {
    return new ConferenceAdvice(new AccountId("lint"), new MemoryStore(), false).look(document);
  }

  /**
   * Looks at a document among all others of its account.
   *
   * @param document the document
   * @param account its account
   * @param store where all of the account's documents are
   * @return warnings; empty if there is nothing to warn of
   * @throws dev.callflow.core.document.StoreUnavailableException if the store cannot answer
   */
  public static List<Problem> of(Document document, AccountId account, DocumentStore store) {
    return new ConferenceAdvice(account, store, true).look(document);
  }

  private List<Problem> look(Document document) {
    switch (document.type()) {
      case CONFERENCE -> {
        if (muted(document.body()).isEmpty()) {
          warn(
              "/member/join_muted",
              "is not said, so that members join muted; say true if that is wanted");
        }
        conference("", document.body(), Optional.of(document.id()));
        media("", ConferenceMedia.ofConference(document.body()));
        numbersOfOthers(document);
      }
      case CALLFLOW -> node("/flow", document.body().get("flow"));
      case DEVICE, USER, MEDIA -> {}
    }
    return List.copyOf(warnings);
  }

  private void warn(String place, String message) {
    warnings.add(Problem.warning(place, message));
  }

  private static Optional<Boolean> muted(ObjectNode body) {
    return Json.object(body, "member").flatMap(member -> Json.bool(member, "join_muted"));
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
                    node(place + "/children/" + escaped(child.getKey()), child.getValue())));
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private void element(String place, ObjectNode data, String module) {
    media(place, ConferenceMedia.ofElement(data));
    Optional<ObjectNode> config = Json.object(data, "config");
    config.ifPresent(of -> conference(place + "/config", of, Optional.empty()));
    Optional<String> id = Json.text(data, "id");
    if (complete
        && module.equals("conference")
        && id.isPresent()
        && config.isEmpty()
        && store.find(account, DocumentType.CONFERENCE, id.get()).isEmpty()) {
      warn(place + "/id", "is the id of no conference of the account: callers are refused");
    }
  }

  // ---- conferences

  private void conference(String place, ObjectNode body, Optional<String> id) {
    pins(place, body);
    numbers(place, body);
    moderators(place, body, id);
    ends(place, body);
    keys(place, body);
    profile(place, body);
    onlyInXml(place, body);
    if (body.has("focus")) {
      warn(place + "/focus", "is read-only: what a document says is not used");
    }
  }

  private void pins(String place, ObjectNode body) {
    Set<String> ofMembers = new HashSet<>(texts(body, "member", "pins"));
    for (String role : DOORS) {
      Set<String> before = new HashSet<>();
      List<String> pins = texts(body, role, "pins");
      for (int i = 0; i < pins.size(); i++) {
        String at = place + "/" + role + "/pins/" + i;
        if (!before.add(pins.get(i))) {
          warn(at, "stands in the list twice");
        } else if (role.equals("moderator") && ofMembers.contains(pins.get(i))) {
          warn(at, "is a member's PIN, too: nobody becomes a moderator by it");
        } else if (pins.get(i).matches("[0-9*]{1," + (SAFE_PIN_LENGTH - 1) + "}")) {
          warn(at, "has fewer than " + SAFE_PIN_LENGTH + " digits: it is soon guessed");
        }
      }
    }
  }

  private void numbers(String place, ObjectNode body) {
    Set<String> ofMembers = new HashSet<>(texts(body, "member", "numbers"));
    Set<String> ofAll = new HashSet<>(texts(body, "", "conference_numbers"));
    List<String> ofModerators = texts(body, "moderator", "numbers");
    for (int i = 0; i < ofModerators.size(); i++) {
      if (ofMembers.contains(ofModerators.get(i)) || ofAll.contains(ofModerators.get(i))) {
        warn(
            place + "/moderator/numbers/" + i,
            "stands in another list, too: nobody becomes a moderator by it");
      }
    }
  }

  private void numbersOfOthers(Document document) {
    Map<String, String> owners = new LinkedHashMap<>();
    if (complete) {
      for (Document other : store.all(account, DocumentType.CONFERENCE)) {
        if (!other.id().equals(document.id())) {
          numberPlaces(other.body()).values().forEach(it -> owners.put(it, other.id()));
        }
      }
    }
    numberPlaces(document.body())
        .forEach((place, number) -> {
          String owner = owners.get(number);
          if (owner != null) {
            warnings.add(
                Problem.at(place, "also belongs to conference " + owner + ": it leads to none"));
          }
        });
  }

  private static Map<String, String> numberPlaces(ObjectNode body) {
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, List<String>> lists =
        Map.of(
            "/conference_numbers", texts(body, "", "conference_numbers"),
            "/member/numbers", texts(body, "member", "numbers"),
            "/moderator/numbers", texts(body, "moderator", "numbers"));
    lists.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(list -> {
          for (int i = 0; i < list.getValue().size(); i++) {
            places.put(list.getKey() + "/" + i, list.getValue().get(i));
          }
        });
    return places;
  }

  /** Texts keep their places: what is no text is an empty one, and equals nothing. */
  private static List<String> texts(ObjectNode body, String section, String key) {
    Optional<ObjectNode> in = section.isEmpty() ? Optional.of(body) : Json.object(body, section);
    JsonNode list = in.map(of -> of.get(key)).orElse(null);
    List<String> texts = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (JsonNode item : list.values()) {
        boolean counts = item.isString() || item.isIntegralNumber() && key.endsWith("numbers");
        texts.add(counts ? item.asString() : "no text " + texts.size());
      }
    }
    return texts;
  }

  private void moderators(String place, ObjectNode body, Optional<String> id) {
    if (!mayHaveModerators(body, id)) {
      for (String key : List.of("wait_for_moderator", "require_moderator")) {
        if (Json.bool(body, key).orElse(false)) {
          warn(
              place + "/" + key,
              "there is no way in for a moderator: no PIN and no number is a moderator's own"
                  + (complete ? ", and no callflow says moderator" : "")
                  + (complete ? "" : " (a callflow may still say so)"));
        }
      }
    }
  }

  private boolean mayHaveModerators(ObjectNode body, Optional<String> id) {
    Set<String> ofOthers = new HashSet<>(texts(body, "member", "pins"));
    ofOthers.addAll(texts(body, "member", "numbers"));
    ofOthers.addAll(texts(body, "", "conference_numbers"));
    List<String> own = new ArrayList<>(texts(body, "moderator", "pins"));
    own.addAll(texts(body, "moderator", "numbers"));
    return own.stream().anyMatch(way -> way.matches("[0-9]+") && !ofOthers.contains(way))
        // An ad-hoc room is entered by the very element that describes it.
        || id.isEmpty()
        || complete
            && store.all(account, DocumentType.CALLFLOW).stream()
                .anyMatch(callflow -> leadsAsModerator(callflow.body().get("flow"), id.get()));
  }

  private static boolean leadsAsModerator(@Nullable JsonNode node, String id) {
    if (node == null || !node.isObject()) {
      return false;
    }
    ObjectNode data = Json.object(node, "data").orElseGet(Json::object);
    boolean leads =
        Json.text(node, "module").filter(it -> it.startsWith("conference")).isPresent()
            && Json.bool(data, "moderator").orElse(false)
            && Json.text(data, "id").map(id::equals).orElse(true);
    return leads
        || Json.object(node, "children").stream()
            .flatMap(children -> children.properties().stream())
            .anyMatch(child -> leadsAsModerator(child.getValue(), id));
  }

  private void ends(String place, ObjectNode body) {
    boolean requires = Json.bool(body, "require_moderator").orElse(false);
    if (body.has("endconf_grace_time") && !requires) {
      warn(
          place + "/endconf_grace_time",
          "never begins: without require_moderator the room does not end for want of one");
    }
    if (body.has("wait_timeout") && !Json.bool(body, "wait_for_moderator").orElse(false)) {
      warn(place + "/wait_timeout", "has no effect: nobody waits without wait_for_moderator");
    }
    if (Json.bool(body, "auto_record").orElse(false)
        && Json.integer(body, "max_participants").filter(most -> most == 1).isPresent()) {
      warn(place + "/auto_record", "never begins: two must be in, and there is one seat");
    }
  }

  // ---- keys

  private void keys(String place, ObjectNode body) {
    Optional<ObjectNode> groups = Json.object(body, "controls");
    groups.ifPresent(all ->
        all.properties()
            .forEach(
                group -> group(place + "/controls/" + escaped(group.getKey()), group.getValue())));
    for (String key : List.of("caller_controls", "moderator_controls")) {
      Json.text(body, key)
          .filter(name -> !isGroup(name, groups))
          .ifPresent(name ->
              warn(place + "/" + key, "names a group that nobody has defined: there are no keys"));
    }
  }

  private boolean isGroup(String name, Optional<ObjectNode> own) {
    if (Set.of("default", "none", "page", "paging").contains(name)
        || own.filter(groups -> groups.has(name)).isPresent()) {
      return true;
    }
    Optional<ObjectNode> configured =
        store.account(account).map(Account::config).flatMap(it -> Json.object(it, "conferences"));
    // A document by itself that defines no groups relies on the account's.
    return !complete && own.isEmpty()
        || configured
            .flatMap(it -> Json.object(it, "controls"))
            .or(() ->
                Json.object(store.systemConfig(), "conferences")
                    .flatMap(it -> Json.object(it, "controls")))
            .filter(groups -> groups.has(name))
            .isPresent();
  }

  private void group(String place, JsonNode group) {
    Map<String, Integer> before = new LinkedHashMap<>();
    for (int i = 0; i < group.size(); i++) {
      Optional<String> digits = Json.text(group.get(i), "digits");
      boolean acts = Json.text(group.get(i), "action").flatMap(KeyAction::of).isPresent();
      if (digits.isPresent() && acts) {
        Integer hidden = before.put(digits.get(), i);
        if (hidden != null) {
          warn(
              place + "/" + hidden + "/digits",
              "the same keys stand again below: these are hidden");
        }
      }
    }
    for (Map.Entry<String, Integer> each : before.entrySet()) {
      boolean begins =
          before.keySet().stream()
              .anyMatch(other -> other.startsWith(each.getKey()) && !other.equals(each.getKey()));
      if (begins) {
        warn(
            place + "/" + each.getValue() + "/digits",
            "other keys begin like these, which act only two seconds later");
      }
    }
  }

  // ---- sounds

  /** What may not be played is simply wrong; here is only what may be missing. */
  private void media(String place, Map<String, String> texts) {
    if (complete) {
      texts.forEach((at, text) -> {
        FoundMedia found = MediaGuard.standard().find(text, "", account, store);
        if (found instanceof FoundMedia.Unknown) {
          found.problem().ifPresent(why -> warn(place + at, why));
        }
      });
    }
  }

  /** What only a switch that reads profiles of its own can do: from its files, or over HTTP. */
  private void onlyInXml(String place, ObjectNode body) {
    if (!Json.text(body, "profile_name").orElse("").isEmpty() || body.path("profile").isString()) {
      return;
    }
    String advice =
        "takes effect only where FreeSWITCH reads the profile as ConferenceConf writes it; name that"
            + " one in profile_name";
    if (body.has("domain")) {
      warn(place + "/domain", advice);
    }
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile.propertyNames().stream()
                .filter(key -> RoomProfiles.onlyInXml(key.replace('_', '-')))
                .forEach(key -> warn(place + "/profile/" + escaped(key), advice)));
  }

  private void profile(String place, ObjectNode body) {
    Json.object(body, "profile")
        .ifPresent(profile ->
            profile
                .propertyNames()
                .forEach(key ->
                    unused(key.replace('_', '-'), profile.path(key).asString(""))
                        .ifPresent(why ->
                            warn(place + "/profile/" + escaped(key), "is not used: " + why))));
  }

  private static Optional<String> unused(String parameter, String value) {
    return switch (parameter) {
      case "pin", "moderator-pin" ->
          Optional.of("PINs are asked for by the callflow, see member.pins");
      case "endconf-grace-time" ->
          Optional.of("say endconf_grace_time in the document, with require_moderator");
      case "member-enter-sound" ->
          Optional.of("say play_entry_prompt of member or moderator in the document");
      case "suppress-events" -> Optional.of("rooms are controlled by their events");
      default ->
          ConferenceMedia.isSound(parameter)
                  || value.isEmpty()
                  || RoomProfiles.isPlain(parameter, value)
              ? Optional.empty()
              : Optional.of("only sounds may name a file, and only what the account may hear");
    };
  }
}

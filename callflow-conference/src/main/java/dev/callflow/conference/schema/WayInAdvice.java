package dev.callflow.conference.schema;

import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
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

/** Looks at the PINs and numbers by which callers get in, and at the way in for moderators. */
final class WayInAdvice {

  private static final List<String> ROLES = List.of("member", "moderator");

  /** A shorter PIN is found by guessing although guesses are limited. */
  private static final int SAFE_PIN_LENGTH = 6;

  private final Advice advice;

  WayInAdvice(Advice advice) {
    this.advice = advice;
  }

  void look(String place, ObjectNode body, Optional<String> id) {
    pins(place, body);
    numbers(place, body);
    moderators(place, body, id);
  }

  private void pins(String place, ObjectNode body) {
    Set<String> ofMembers = new HashSet<>(texts(body, "member", "pins"));
    for (String role : ROLES) {
      Set<String> before = new HashSet<>();
      List<String> pins = texts(body, role, "pins");
      for (int i = 0; i < pins.size(); i++) {
        String at = place + "/" + role + "/pins/" + i;
        if (!before.add(pins.get(i))) {
          advice.warn(at, "stands in the list twice");
        } else if (role.equals("moderator") && ofMembers.contains(pins.get(i))) {
          advice.warn(at, "is a member's PIN, too: nobody becomes a moderator by it");
        } else if (pins.get(i).matches("[0-9*]{1," + (SAFE_PIN_LENGTH - 1) + "}")) {
          advice.warn(at, "has fewer than " + SAFE_PIN_LENGTH + " digits: it is soon guessed");
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
        advice.warn(
            place + "/moderator/numbers/" + i,
            "stands in another list, too: nobody becomes a moderator by it");
      }
    }
  }

  /** Looks for numbers that other conferences of the account have, too. */
  void numbersOfOthers(Document document) {
    Map<String, String> owners = new LinkedHashMap<>();
    if (advice.isComplete()) {
      for (Document other : advice.store().all(advice.account(), DocumentType.CONFERENCE)) {
        if (!other.id().equals(document.id())) {
          numberPlaces(other.body()).values().forEach(it -> owners.put(it, other.id()));
        }
      }
    }
    numberPlaces(document.body())
        .forEach((place, number) -> {
          String owner = owners.get(number);
          if (owner != null) {
            advice.fail(place, "also belongs to conference " + owner + ": it leads to none");
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
          advice.warn(
              place + "/" + key,
              "there is no way in for a moderator: no PIN and no number is a moderator's own"
                  + (advice.isComplete() ? ", and no callflow says moderator" : "")
                  + (advice.isComplete() ? "" : " (a callflow may still say so)"));
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
        || advice.isComplete()
            && advice.store().all(advice.account(), DocumentType.CALLFLOW).stream()
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
}

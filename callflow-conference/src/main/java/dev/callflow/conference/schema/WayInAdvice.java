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

/** Examines the PINs and numbers of a conference, and whether moderators can get in. */
final class WayInAdvice {

  private static final List<String> ROLES = List.of("member", "moderator");

  /** A shorter PIN can be guessed even though attempts are limited. */
  private static final int SAFE_PIN_LENGTH = 6;

  private final Advice advice;

  WayInAdvice(Advice advice) {
    this.advice = advice;
  }

  void examine(String place, ObjectNode body, Optional<String> id) {
    pins(place, body);
    numbers(place, body);
    moderators(place, body, id);
  }

  private void pins(String place, ObjectNode body) {
    Set<String> ofMembers = new HashSet<>(strings(body, "member", "pins"));
    for (String role : ROLES) {
      Set<String> seen = new HashSet<>();
      List<String> pins = strings(body, role, "pins");
      for (int i = 0; i < pins.size(); i++) {
        String at = place + "/" + role + "/pins/" + i;
        if (!seen.add(pins.get(i))) {
          advice.warn(at, "is in the list twice");
        } else if (role.equals("moderator") && ofMembers.contains(pins.get(i))) {
          advice.warn(
              at, "is also a PIN of the member role, so it never makes a caller a moderator");
        } else if (pins.get(i).matches("[0-9*]{1," + (SAFE_PIN_LENGTH - 1) + "}")) {
          advice.warn(at, "has fewer than " + SAFE_PIN_LENGTH + " digits and is easy to guess");
        }
      }
    }
  }

  private void numbers(String place, ObjectNode body) {
    Set<String> ofMembers = new HashSet<>(strings(body, "member", "numbers"));
    Set<String> ofAll = new HashSet<>(strings(body, "", "conference_numbers"));
    List<String> ofModerators = strings(body, "moderator", "numbers");
    for (int i = 0; i < ofModerators.size(); i++) {
      if (ofMembers.contains(ofModerators.get(i)) || ofAll.contains(ofModerators.get(i))) {
        advice.warn(
            place + "/moderator/numbers/" + i,
            "is also in another list, so it never makes a caller a moderator");
      }
    }
  }

  /** Reports numbers that also belong to other conferences of the account. */
  void numbersOfOthers(Document document) {
    if (!advice.isComplete()) {
      return;
    }
    numberPlaces(document.body())
        .forEach((place, number) ->
            advice.store().withNumber(advice.account(), DocumentType.CONFERENCE, number).stream()
                .filter(owner -> !owner.id().equals(document.id()))
                .reduce((first, last) -> last)
                .ifPresent(owner ->
                    advice.fail(
                        place,
                        "also belongs to conference "
                            + owner.id()
                            + ", so callers can reach neither conference with it")));
  }

  private static Map<String, String> numberPlaces(ObjectNode body) {
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, List<String>> lists =
        Map.of(
            "/conference_numbers", strings(body, "", "conference_numbers"),
            "/member/numbers", strings(body, "member", "numbers"),
            "/moderator/numbers", strings(body, "moderator", "numbers"));
    lists.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(list -> {
          for (int i = 0; i < list.getValue().size(); i++) {
            places.put(list.getKey() + "/" + i, list.getValue().get(i));
          }
        });
    return places;
  }

  /**
   * Reads a list of strings. Invalid entries become unique placeholders, so that the other entries
   * keep their positions and no entry equals an invalid one.
   */
  private static List<String> strings(ObjectNode body, String section, String key) {
    Optional<ObjectNode> in = section.isEmpty() ? Optional.of(body) : Json.object(body, section);
    JsonNode list = in.map(of -> of.get(key)).orElse(null);
    List<String> strings = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (JsonNode item : list.values()) {
        boolean counts = item.isString() || item.isIntegralNumber() && key.endsWith("numbers");
        strings.add(counts ? item.asString() : "invalid entry " + strings.size());
      }
    }
    return strings;
  }

  private void moderators(String place, ObjectNode body, Optional<String> id) {
    if (!mayHaveModerators(body, id)) {
      for (String key : List.of("wait_for_moderator", "require_moderator")) {
        if (Json.bool(body, key).orElse(false)) {
          advice.warn(
              place + "/" + key,
              "no caller can become a moderator: no PIN or number is for moderators only"
                  + (advice.isComplete() ? ", and no callflow sets moderator" : "")
                  + (advice.isComplete() ? "" : " (unless a callflow sets moderator)"));
        }
      }
    }
  }

  private boolean mayHaveModerators(ObjectNode body, Optional<String> id) {
    Set<String> ofOthers = new HashSet<>(strings(body, "member", "pins"));
    ofOthers.addAll(strings(body, "member", "numbers"));
    ofOthers.addAll(strings(body, "", "conference_numbers"));
    List<String> own = new ArrayList<>(strings(body, "moderator", "pins"));
    own.addAll(strings(body, "moderator", "numbers"));
    return own.stream().anyMatch(way -> way.matches("[0-9]+") && !ofOthers.contains(way))
        // The element that describes an ad-hoc conference can itself make the caller a moderator.
        || id.isEmpty()
        || advice.isComplete()
            && advice.store().all(advice.account(), DocumentType.CALLFLOW).stream()
                .anyMatch(callflow -> makesModerator(callflow.body().get("flow"), id.get()));
  }

  private static boolean makesModerator(@Nullable JsonNode node, String id) {
    if (node == null || !node.isObject()) {
      return false;
    }
    ObjectNode data = Json.object(node, "data").orElseGet(Json::object);
    boolean matches =
        Json.text(node, "module").filter(it -> it.startsWith("conference")).isPresent()
            && Json.bool(data, "moderator").orElse(false)
            && Json.text(data, "id").map(id::equals).orElse(true);
    return matches
        || Json.object(node, "children").stream()
            .flatMap(children -> children.properties().stream())
            .anyMatch(child -> makesModerator(child.getValue(), id));
  }
}

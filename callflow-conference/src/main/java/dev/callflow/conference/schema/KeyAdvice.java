package dev.callflow.conference.schema;

import dev.callflow.conference.document.KeyAction;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Examines the key groups of a conference. */
final class KeyAdvice {

  private final Advice advice;

  KeyAdvice(Advice advice) {
    this.advice = advice;
  }

  void examine(String place, ObjectNode body) {
    Optional<ObjectNode> groups = Json.object(body, "controls");
    groups.ifPresent(all ->
        all.properties()
            .forEach(group ->
                group(place + "/controls/" + Advice.escaped(group.getKey()), group.getValue())));
    for (String key : List.of("caller_controls", "moderator_controls")) {
      Json.text(body, key)
          .filter(name -> !isGroup(name, groups))
          .ifPresent(
              name -> advice.warn(place + "/" + key, "names an undefined group, so no keys work"));
    }
  }

  private boolean isGroup(String name, Optional<ObjectNode> own) {
    if (Set.of("default", "none", "page", "paging").contains(name)
        || own.filter(groups -> groups.has(name)).isPresent()) {
      return true;
    }
    Optional<ObjectNode> configured =
        advice
            .store()
            .account(advice.account())
            .map(Account::config)
            .flatMap(it -> Json.object(it, "conferences"));
    // If only this document is examined, the account may still define the group.
    return !advice.isComplete() && own.isEmpty()
        || configured
            .flatMap(it -> Json.object(it, "controls"))
            .or(() ->
                Json.object(advice.store().systemConfig(), "conferences")
                    .flatMap(it -> Json.object(it, "controls")))
            .filter(groups -> groups.has(name))
            .isPresent();
  }

  private void group(String place, JsonNode group) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (int i = 0; i < group.size(); i++) {
      JsonNode entry = group.path(i);
      Optional<String> digits = Json.text(entry, "digits");
      boolean acts = Json.text(entry, "action").flatMap(KeyAction::of).isPresent();
      if (digits.isPresent() && acts) {
        Integer hidden = seen.put(digits.get(), i);
        if (hidden != null) {
          advice.warn(
              place + "/" + hidden + "/digits",
              "is repeated further down, so this entry has no effect");
        }
      }
    }
    for (Map.Entry<String, Integer> each : seen.entrySet()) {
      boolean begins =
          seen.keySet().stream()
              .anyMatch(other -> other.startsWith(each.getKey()) && !other.equals(each.getKey()));
      if (begins) {
        advice.warn(
            place + "/" + each.getValue() + "/digits",
            "is the beginning of another entry, so it takes effect only after two seconds");
      }
    }
  }
}

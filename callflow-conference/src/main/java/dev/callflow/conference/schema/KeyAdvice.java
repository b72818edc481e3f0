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

/** Looks at the groups of keys that members press. */
final class KeyAdvice {

  private final Advice advice;

  KeyAdvice(Advice advice) {
    this.advice = advice;
  }

  void look(String place, ObjectNode body) {
    Optional<ObjectNode> groups = Json.object(body, "controls");
    groups.ifPresent(all ->
        all.properties()
            .forEach(group ->
                group(place + "/controls/" + Advice.escaped(group.getKey()), group.getValue())));
    for (String key : List.of("caller_controls", "moderator_controls")) {
      Json.text(body, key)
          .filter(name -> !isGroup(name, groups))
          .ifPresent(name ->
              advice.warn(
                  place + "/" + key, "names a group that nobody has defined: there are no keys"));
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
    // A document by itself that defines no groups relies on the account's.
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
    Map<String, Integer> before = new LinkedHashMap<>();
    for (int i = 0; i < group.size(); i++) {
      Optional<String> digits = Json.text(group.get(i), "digits");
      boolean acts = Json.text(group.get(i), "action").flatMap(KeyAction::of).isPresent();
      if (digits.isPresent() && acts) {
        Integer hidden = before.put(digits.get(), i);
        if (hidden != null) {
          advice.warn(
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
        advice.warn(
            place + "/" + each.getValue() + "/digits",
            "other keys begin like these, which act only two seconds later");
      }
    }
  }
}

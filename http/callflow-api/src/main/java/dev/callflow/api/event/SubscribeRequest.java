package dev.callflow.api.event;

import dev.callflow.api.access.Access;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parsed data of a subscribe or unsubscribe request, checked against the client's access. */
sealed interface SubscribeRequest {

  /**
   * The request is valid and allowed.
   *
   * @param account the account, or {@link SubscriptionTopic#ALL}
   * @param bindings the bindings
   * @param from the version after which to start; empty to start with the next event
   */
  record Good(String account, List<Binding> bindings, OptionalLong from)
      implements SubscribeRequest {

    Stream<SubscriptionTopic> topics() {
      return bindings.stream()
          .map(binding -> new SubscriptionTopic(account, binding, EventFormat.SOCKET))
          .distinct();
    }
  }

  /** The request is invalid or not allowed. */
  record Bad(List<String> errors) implements SubscribeRequest {}

  static SubscribeRequest read(ObjectNode data, Access access) {
    Optional<String> account = Json.text(data, "account_id");
    List<String> missing = new ArrayList<>();
    if (account.isEmpty()) {
      missing.add("account_id");
    }
    if (!data.has("binding") && !data.has("bindings")) {
      missing.add("binding");
    }
    if (!missing.isEmpty()) {
      return new Bad(List.of("missing required keys : " + String.join(", ", missing)));
    }
    return refusal(account.orElseThrow(), access)
        .<SubscribeRequest>map(reason -> new Bad(List.of(reason)))
        .orElseGet(() -> read(data, account.orElseThrow()));
  }

  private static Optional<String> refusal(String account, Access access) {
    if (account.equals(SubscriptionTopic.ALL)) {
      return switch (access) {
        case Access.SuperAdmin all -> Optional.empty();
        case Access.OfAccount one -> Optional.of("unauthorized wildcard account id");
      };
    }
    return access.covers(new AccountId(account))
        ? Optional.empty()
        : Optional.of("unauthorized account id");
  }

  private static SubscribeRequest read(ObjectNode data, String account) {
    List<String> errors = new ArrayList<>();
    List<Binding> bindings = new ArrayList<>();
    bindings(data)
        .forEach(node -> {
          if (!node.isString()) {
            errors.add("a binding must be a string");
          } else {
            switch (Binding.read(node.asString())) {
              case Binding.Read.Good(Binding binding) -> bindings.add(binding);
              case Binding.Read.Bad(String reason) -> errors.add(reason);
            }
          }
        });
    OptionalLong from = OptionalLong.empty();
    if (data.hasNonNull("from")) {
      from = version(data.path("from"));
      if (from.isEmpty()) {
        errors.add("\"from\" must be the version of an event");
      } else if (account.equals(SubscriptionTopic.ALL)) {
        errors.add("\"from\" requires a single account");
      } else if (!bindings.stream().allMatch(Binding::isOfOneConference)) {
        errors.add("\"from\" requires a single conference");
      }
    }
    return errors.isEmpty() ? new Good(account, bindings, from) : new Bad(errors);
  }

  private static Stream<JsonNode> bindings(ObjectNode data) {
    return Stream.of("binding", "bindings")
        .filter(data::has)
        .map(data::get)
        .flatMap(node -> node.isArray() ? node.values().stream() : Stream.of(node));
  }

  /**
   * Reads an integer. It may also be a string of digits, because some clients cannot represent
   * large integers exactly.
   */
  private static OptionalLong version(JsonNode value) {
    return value.asString("").matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(value.asString()))
        : OptionalLong.empty();
  }
}

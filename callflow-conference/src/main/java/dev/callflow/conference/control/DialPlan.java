package dev.callflow.conference.control;

import dev.callflow.conference.action.Endpoint;
import dev.callflow.conference.mixer.DialTarget;
import dev.callflow.core.document.Account;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.Document;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan for one leg of a dial request. An endpoint has one plan, except that a user has one for
 * each of their devices. Plans are in the order of the request.
 *
 * @param endpoint the endpoint, as it is named in results
 * @param name the name of the party: that of the device's owner or of the device, otherwise the
 *     user name or the number that is called
 * @param target the party to call; empty if there is none
 * @param problem the reason why there is no target; empty if there is one
 */
record DialPlan(String endpoint, String name, Optional<DialTarget> target, String problem) {

  static List<DialPlan> of(AccountId account, List<Endpoint> endpoints, DocumentStore store) {
    List<DialPlan> all = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      switch (endpoint) {
        case Endpoint.Number(String number) ->
            all.add(callable(number, new DialTarget.Number(number)));
        case Endpoint.Sip(String uri) ->
            all.add(
                Endpoint.address(uri)
                    .map(address -> callable(uri, address))
                    .orElseGet(() -> failed(uri, "the endpoint is not a SIP address")));
        case Endpoint.Inline(ObjectNode device) ->
            all.add(
                device(endpoint.label(), device, realm(account, store))
                    .named(name(account, device, store)));
        case Endpoint.Owned(String id) -> all.addAll(owned(account, id, store));
      }
    }
    return all;
  }

  private static DialPlan callable(String endpoint, DialTarget target) {
    return new DialPlan(endpoint, user(target), Optional.of(target), "");
  }

  private static String user(DialTarget target) {
    return switch (target) {
      case DialTarget.Number(String number) -> number;
      case DialTarget.Address address -> address.user();
      case DialTarget.Registered registered -> registered.user();
    };
  }

  private DialPlan named(Optional<String> other) {
    return new DialPlan(endpoint, other.orElse(name), target, problem);
  }

  /** Returns the name of a device's owner, otherwise that of the device. */
  private static Optional<String> name(AccountId account, ObjectNode device, DocumentStore store) {
    return Json.text(device, "owner_id")
        .flatMap(owner -> store.find(account, DocumentType.USER, owner))
        .map(Document::body)
        .map(user ->
            Stream.of("first_name", "last_name")
                .flatMap(key -> Json.text(user, key).stream())
                .collect(Collectors.joining(" "))
                .strip())
        .filter(name -> !name.isEmpty())
        .or(() -> Json.text(device, "name"));
  }

  private static DialPlan failed(String endpoint, String problem) {
    return new DialPlan(endpoint, "", Optional.empty(), problem);
  }

  private static List<DialPlan> owned(AccountId account, String id, DocumentStore store) {
    Optional<String> realm = realm(account, store);
    Optional<Document> device = store.find(account, DocumentType.DEVICE, id);
    if (device.isPresent()) {
      ObjectNode body = device.get().body();
      return List.of(device(id, body, realm).named(name(account, body, store)));
    }
    if (store.find(account, DocumentType.USER, id).isEmpty()) {
      return List.of(failed(id, "not_found"));
    }
    List<DialPlan> devices =
        store.all(account, DocumentType.DEVICE).stream()
            .filter(it -> Json.text(it.body(), "owner_id").filter(id::equals).isPresent())
            .map(it -> device(it.id(), it.body(), realm).named(name(account, it.body(), store)))
            .toList();
    return devices.isEmpty() ? List.of(failed(id, "the user has no device")) : devices;
  }

  private static Optional<String> realm(AccountId account, DocumentStore store) {
    return store.account(account).flatMap(Account::realm);
  }

  /**
   * Plans to call a device at its forwarding number, at the SIP address in its document, or where
   * it is registered, in this order of preference.
   */
  private static DialPlan device(String endpoint, ObjectNode device, Optional<String> realm) {
    if (!Json.bool(device, "enabled").orElse(true)) {
      return failed(endpoint, "the device is disabled");
    }
    if (Json.object(device, "do_not_disturb")
        .flatMap(it -> Json.bool(it, "enabled"))
        .orElse(false)) {
      return failed(endpoint, "the device has do-not-disturb enabled");
    }
    Optional<String> forward =
        Json.object(device, "call_forward")
            .filter(it -> Json.bool(it, "enabled").orElse(false))
            .flatMap(it -> Json.text(it, "number"))
            .filter(DialTarget::isNumber);
    if (forward.isPresent()) {
      return callable(endpoint, new DialTarget.Number(forward.get()));
    }
    ObjectNode sip = Json.object(device, "sip").orElseGet(Json::object);
    Optional<String> route = Json.text(sip, "route");
    if (route.isPresent()) {
      return Endpoint.address(route.get())
          .filter(address -> route.get().matches("sips?:.*"))
          .map(address -> callable(endpoint, address))
          .orElseGet(() -> failed(endpoint, "the device's route is not a SIP address"));
    }
    Optional<String> user = Json.text(sip, "username");
    Optional<String> domain = Json.text(sip, "realm").or(() -> realm);
    if (user.filter(DialTarget::isUser).isEmpty() || domain.filter(DialTarget::isHost).isEmpty()) {
      return failed(endpoint, "the device has no address");
    }
    return callable(endpoint, new DialTarget.Registered(user.get(), domain.get()));
  }
}

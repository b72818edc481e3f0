package dev.callflow.api;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The resource that a path addresses (docs/spec/api.md#routes). */
sealed interface Route {

  /** The documents of one type. */
  record Collection(AccountId account, DocumentType type) implements Route {}

  /** One document. */
  record One(AccountId account, DocumentType type, String id) implements Route {}

  /** The participants of a conference. */
  record Participants(AccountId account, String conference) implements Route {}

  /** One participant of a conference. */
  record Participant(AccountId account, String conference, String id) implements Route {}

  /** Email invitations to a conference. */
  record Invitations(AccountId account, String conference) implements Route {}

  /** The event stream of a conference. */
  record Events(AccountId account, String conference) implements Route {}

  /** The clients subscribed to conference events. */
  record Sockets(AccountId account) implements Route {}

  /** One client subscribed to conference events. */
  record Socket(AccountId account, String id) implements Route {}

  AccountId account();

  /** Returns whether a path addresses the subscribed clients of all accounts. */
  static boolean isAllSockets(String path) {
    return path.matches("/v2/websockets/?");
  }

  /** Parses a path; returns empty if it addresses no resource. */
  static Optional<Route> of(String path) {
    List<String> parts =
        Stream.of(path.split("/", -1)).map(Route::decoded).filter(part -> !part.isEmpty()).toList();
    if (parts.size() < 4 || !parts.get(0).equals("v2") || !parts.get(1).equals("accounts")) {
      return Optional.empty();
    }
    AccountId account = new AccountId(parts.get(2));
    if (parts.get(3).equals("websockets")) {
      return switch (parts.size()) {
        case 4 -> Optional.of(new Sockets(account));
        case 5 -> Optional.of(new Socket(account, parts.get(4)));
        default -> Optional.empty();
      };
    }
    return type(parts.get(3)).flatMap(type -> of(account, type, parts.subList(4, parts.size())));
  }

  private static Optional<Route> of(AccountId account, DocumentType type, List<String> rest) {
    return switch (rest.size()) {
      case 0 -> Optional.of(new Collection(account, type));
      case 1 -> Optional.of(new One(account, type, rest.getFirst()));
      default -> type == DocumentType.CONFERENCE ? below(account, rest) : Optional.empty();
    };
  }

  private static Optional<Route> below(AccountId account, List<String> rest) {
    String conference = rest.getFirst();
    return switch (rest.get(1)) {
      case "participants" ->
          switch (rest.size()) {
            case 2 -> Optional.of(new Participants(account, conference));
            case 3 -> Optional.of(new Participant(account, conference, rest.get(2)));
            default -> Optional.empty();
          };
      case "email_invite" ->
          rest.size() == 2 ? Optional.of(new Invitations(account, conference)) : Optional.empty();
      case "events" ->
          rest.size() == 2 ? Optional.of(new Events(account, conference)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<DocumentType> type(String collection) {
    return Stream.of(DocumentType.values())
        .filter(type -> type.collection().equals(collection))
        .findFirst();
  }

  private static String decoded(String part) {
    try {
      // Unlike in a query, a plus in a path is not an encoded space.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}

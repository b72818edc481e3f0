package dev.callflow.testkit.journal;

import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentStore;
import dev.callflow.core.document.DocumentType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The keys pressed at each key line of a journal. A masked PIN is replaced by a PIN of the
 * conference that gives the caller the same role, and a wrong PIN by another wrong one.
 */
final class PressedKeys {

  private final List<JsonNode> lines;
  private final DocumentStore documents;
  private final Optional<AccountId> defaultAccount;
  private final Map<String, JsonNode> arrivals = new HashMap<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final Map<Integer, String> byLine = new HashMap<>();

  private PressedKeys(
      List<JsonNode> lines, DocumentStore documents, Optional<AccountId> defaultAccount) {
    this.lines = lines;
    this.documents = documents;
    this.defaultAccount = defaultAccount;
  }

  static PressedKeys of(
      List<JsonNode> lines, DocumentStore documents, Optional<AccountId> defaultAccount) {
    PressedKeys all = new PressedKeys(lines, documents, defaultAccount);
    all.read();
    return all;
  }

  /**
   * Returns the keys to press at a line: none, one, or a whole PIN. If no question consumed the
   * recorded key, any key has the same effect, and the result is {@code 0}.
   */
  String at(int line) {
    return byLine.getOrDefault(line, "0");
  }

  private void read() {
    for (JsonNode line : lines) {
      switch (line.path("in").asString("")) {
        case "arrives" -> arrivals.putIfAbsent(line.path("call").asString(""), line);
        case "asks" -> requests.add(line);
        default -> {}
      }
    }
    Map<String, Deque<Integer>> pressed = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      Deque<Integer> ofCall =
          pressed.computeIfAbsent(line.path("call").asString(""), call -> new ArrayDeque<>());
      switch (line.path("in").asString("")) {
        case "key" -> ofCall.addLast(i);
        case "taken" -> {
          String keys = line.path("keys").asString("");
          List<Integer> places = new ArrayList<>();
          for (int k = 0; k < keys.length() && !ofCall.isEmpty(); k++) {
            places.add(ofCall.removeFirst());
          }
          taken(places, keys.contains("?") ? secret(i, keys) : keys);
        }
        default -> {}
      }
    }
  }

  /**
   * Assigns the keys of an entry to the lines at which they were pressed. If a replacement PIN has
   * a different length, the whole PIN is pressed at the first line.
   */
  private void taken(List<Integer> places, String keys) {
    for (int k = 0; k < places.size(); k++) {
      byLine.put(
          places.get(k),
          keys.length() == places.size() ? String.valueOf(keys.charAt(k)) : k == 0 ? keys : "");
    }
  }

  private String secret(int place, String masked) {
    String end = masked.endsWith("#") ? "#" : "";
    int length = masked.length() - end.length();
    String call = lines.get(place).path("call").asString("");
    List<String> all = new ArrayList<>();
    String next = decision(place, call);
    if (next.startsWith("is a ")) {
      String[] words = next.split(" ", 5);
      all.addAll(pins(call, words[4], words[2]).toList());
      Optional<String> fitting = all.stream().filter(pin -> pin.length() == length).findFirst();
      if (fitting.isPresent()) {
        return fitting.get() + end;
      }
      return all.isEmpty() ? "0".repeat(length) + end : all.getFirst() + "#";
    }
    return wrong(call, length) + end;
  }

  /**
   * Returns the decision that followed an entry. The start of music may come in between, because
   * callers of a room under attack must wait.
   */
  private String decision(int place, String call) {
    for (int i = place + 1; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      if (line.path("call").asString("").equals(call)) {
        String decided = line.path("out").asString("");
        boolean asksAgain = line.path("keys").asString("").contains("?");
        if (decided.startsWith("is a ") || decided.startsWith("ends ") || asksAgain) {
          return decided;
        }
      }
    }
    return "";
  }

  /** Returns digits that are not a PIN of any conference of the account. */
  private String wrong(String call, int length) {
    List<String> right =
        account(call).stream()
            .flatMap(account -> documents.all(account, DocumentType.CONFERENCE).stream())
            .flatMap(document ->
                Stream.of("member", "moderator")
                    .flatMap(kind -> document.body().path(kind).path("pins").valueStream()))
            .map(JsonNode::asString)
            .toList();
    return Stream.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
        .map(digit -> digit.repeat(length))
        .filter(pin -> !right.contains(pin))
        .findFirst()
        .orElse("0".repeat(length));
  }

  /** Returns the PINs of a conference, from its document, from callflows and from dial requests. */
  private Stream<String> pins(String call, String conference, String kind) {
    Optional<AccountId> account = account(call);
    Stream<JsonNode> stored =
        account
            .flatMap(id -> documents.find(id, DocumentType.CONFERENCE, conference))
            .map(document -> (JsonNode) document.body())
            .stream();
    Stream<JsonNode> made =
        account.stream()
            .flatMap(id -> documents.all(id, DocumentType.CALLFLOW).stream())
            .flatMap(document -> document.body().findValues("config").stream())
            .filter(config ->
                config.path("id").asString("").equals(conference)
                    || config.path("name").asString("").equals(conference));
    Stream<JsonNode> dialled =
        requests.stream()
            .filter(line -> line.path("conference").asString("").equals(conference))
            .map(line -> line.path("what").path("request").path("settings"));
    return Stream.of(stored, made, dialled)
        .flatMap(each -> each)
        .flatMap(each -> each.path(kind).path("pins").valueStream())
        .map(pin -> pin.asString(""));
  }

  private Optional<AccountId> account(String call) {
    Optional<JsonNode> arrival = Optional.ofNullable(arrivals.get(call));
    return arrival
        .map(line -> line.path("vars").path("callflow_account_id").asString(""))
        .filter(id -> !id.isEmpty())
        .map(AccountId::new)
        .or(() ->
            arrival
                .map(line -> line.path("realm").asString(""))
                .filter(realm -> !realm.isEmpty())
                .flatMap(documents::accountByRealm))
        .or(() -> defaultAccount);
  }
}
